package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.praatmetjeboekhouding.dirk.run.Outcome;

/**
 * What came of many seeds.
 *
 * @param seeds how many
 * @param runs how many runs were told to their end, some seeds having several
 * @param outcomes how they ended
 * @param faults what went wrong, and how often
 * @param doubled how often something took effect a second time; each was told, or is broken
 * @param broken how many seeds broke something
 * @param violations of the first of them, one of each invariant, as small as they could be made
 */
public record Findings(
    long seeds,
    long runs,
    Map<Outcome, Long> outcomes,
    Map<String, Long> faults,
    long doubled,
    long broken,
    List<Violation> violations) {

  /** Copies the collections. */
  public Findings {
    outcomes = Map.copyOf(requireNonNull(outcomes, "outcomes"));
    faults = Map.copyOf(requireNonNull(faults, "faults"));
    violations = List.copyOf(violations);
  }

  /** In one line, and the violations below it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(runs).append(" runs of ").append(seeds).append(" seeds, ");
    text.append(faults.values().stream().mapToLong(Long::longValue).sum()).append(" faults: ");
    text.append(new TreeMap<>(outcomes));
    text.append(doubled == 0 ? "" : ", " + doubled + " effects twice");
    text.append(broken == 0 ? ", nothing broken" : ", " + broken + " seeds broke something");
    violations.forEach(violation -> text.append("\n").append(violation));
    return text.toString();
  }
}
