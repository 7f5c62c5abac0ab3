package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import nl.praatmetjeboekhouding.dirk.run.Outcome;

/** Counts what came of episodes. For one thread; two of them can be put together. */
final class Tally {

  /** How many violations are told. */
  private static final int TOLD = 3;

  private long seeds;
  private long runs;
  private long doubled;
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Map<Fault.Kind, Long> faults = new EnumMap<>(Fault.Kind.class);
  private final TreeSet<Long> broken = new TreeSet<>();

  void add(long seed, Episode episode) {
    seeds++;
    runs += episode.runs();
    doubled += episode.invariants().doubled();
    episode
        .outcomes()
        .forEach((outcome, count) -> outcomes.merge(outcome, (long) count, Long::sum));
    episode.schedule().met().forEach(fault -> faults.merge(fault.kind(), 1L, Long::sum));
    if (!episode.invariants().broken().isEmpty()) {
      broken.add(seed);
    }
  }

  void add(Tally other) {
    seeds += other.seeds;
    runs += other.runs;
    doubled += other.doubled;
    other.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
    other.faults.forEach((kind, count) -> faults.merge(kind, count, Long::sum));
    broken.addAll(other.broken);
  }

  /**
   * All of it.
   *
   * @param violation of a seed that broke something
   */
  Findings findings(LongFunction<Violation> violation) {
    Map<String, Long> named = new TreeMap<>();
    faults.forEach((kind, count) -> named.put(kind.name(), count));
    List<Violation> violations = broken.stream().limit(TOLD).map(violation::apply).toList();
    return new Findings(seeds, runs, outcomes, named, doubled, broken.size(), violations);
  }
}
