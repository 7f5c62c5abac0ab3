package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What Dirk did with a scenario.
 *
 * @param scenario its name
 * @param steps its lines in order
 */
record Outcome(String scenario, List<Step> steps) {

  /**
   * What came of a line.
   *
   * @param number from 1
   * @param line as it stands in the scenario
   * @param expected wrangler's exit code
   * @param exit 0 if all went well, 1 if Dirk refused or failed
   * @param understood whether the harness knew what to ask Dirk for
   * @param said what Dirk said about a failure, or what was not understood; may be empty text
   */
  record Step(int number, String line, int expected, int exit, boolean understood, String said) {}

  /** A scenario that could not be run at all. */
  static Outcome broken(String scenario, Exception why) {
    return new Outcome(scenario, List.of(new Step(1, "", 0, 1, false, why.toString())));
  }

  /** Whether the harness knew what to ask Dirk for in every line. */
  boolean isUnderstood() {
    return steps.stream().allMatch(Step::understood);
  }

  /** How the exit codes compare, for people. */
  String exits() {
    String differing =
        steps.stream()
            .filter(step -> step.understood() && step.exit() != step.expected())
            .map(step -> "step " + step.number() + " " + step.exit() + " for " + step.expected())
            .collect(Collectors.joining(", "));
    String unknown =
        steps.stream()
            .filter(step -> !step.understood())
            .map(step -> "step " + step.number() + " not understood")
            .collect(Collectors.joining(", "));
    String both = differing + (differing.isEmpty() || unknown.isEmpty() ? "" : ", ") + unknown;
    return both.isEmpty() ? "as wrangler" : both;
  }
}
