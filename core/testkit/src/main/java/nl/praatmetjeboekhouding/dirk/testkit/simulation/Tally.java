package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import nl.praatmetjeboekhouding.dirk.run.Outcome;

/** Counts what came of episodes. For one thread; two of them can be put together. */
final class Tally {

  /** How many violations are told at least, if there are so many: one of each invariant. */
  private static final int TOLD = 3;

  private long seeds;
  private long runs;
  private long doubled;
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Map<Fault.Kind, Long> faults = new EnumMap<>(Fault.Kind.class);
  private final TreeMap<Long, String> broken = new TreeMap<>();

  void add(long seed, Episode episode) {
    seeds++;
    runs += episode.runs();
    doubled += episode.invariants().doubled();
    episode
        .outcomes()
        .forEach((outcome, count) -> outcomes.merge(outcome, (long) count, Long::sum));
    episode.schedule().met().forEach(fault -> faults.merge(fault.kind(), 1L, Long::sum));
    episode.invariants().broken().stream()
        .findFirst()
        .ifPresent(first -> broken.put(seed, first.invariant()));
  }

  void add(Tally other) {
    seeds += other.seeds;
    runs += other.runs;
    doubled += other.doubled;
    other.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
    other.faults.forEach((kind, count) -> faults.merge(kind, count, Long::sum));
    broken.putAll(other.broken);
  }

  /**
   * All of it.
   *
   * @param violation of a seed that broke something
   */
  Findings findings(LongFunction<Violation> violation) {
    Map<String, Long> named = new TreeMap<>();
    faults.forEach((kind, count) -> named.put(kind.name(), count));
    List<Violation> violations = told().stream().map(violation::apply).toList();
    return new Findings(seeds, runs, outcomes, named, doubled, broken.size(), violations);
  }

  /** The first seed of each invariant, and others up to the number that is told. */
  private NavigableSet<Long> told() {
    Map<String, Long> first = new TreeMap<>();
    broken.forEach((seed, invariant) -> first.putIfAbsent(invariant, seed));
    NavigableSet<Long> told = new TreeSet<>(first.values());
    broken.keySet().stream().takeWhile(seed -> told.size() < TOLD).forEach(told::add);
    return told;
  }
}
