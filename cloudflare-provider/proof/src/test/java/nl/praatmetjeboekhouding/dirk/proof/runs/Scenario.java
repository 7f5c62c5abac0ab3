package nl.praatmetjeboekhouding.dirk.proof.runs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.RollbackRequest;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/** What a process was asked for when it was killed. */
enum Scenario {
  FIRST_DEPLOY("first deploy", 0, Outcome.SUCCEEDED),
  DEPLOY("deploy", 1, Outcome.SUCCEEDED),
  SICK_DEPLOY("sick deploy", 1, Outcome.ROLLED_BACK),
  ROLLBACK("rollback", 2, Outcome.SUCCEEDED),
  RAMP("ramp", 1, Outcome.SUCCEEDED),
  SICK_IN_THE_DARK("deploy sick in the dark", 1, Outcome.FAILED_SAFE);

  static final String TASK = "killed";

  /** What the tasks of the deploys before begin with; their releases follow. */
  static final String BEFORE = "before-";

  private static final List<String> RELEASES = List.of("one", "two");

  private final String words;
  private final int before;
  private final Outcome outcome;

  /**
   * @param before how many releases were deployed before
   */
  Scenario(String words, int before, Outcome outcome) {
    this.words = words;
    this.before = before;
    this.outcome = outcome;
  }

  /**
   * Those of these names, with commas between them, or all.
   *
   * @throws IllegalArgumentException if there is none of a name; says which there are
   */
  static List<Scenario> named(String names) {
    if (names.equals("all")) {
      return List.of(values());
    }
    List<Scenario> named = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      named.add(
          Arrays.stream(values())
              .filter(scenario -> scenario.words.equals(name.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "proof.scenarios must be all or some of "
                              + Arrays.toString(values())
                              + ": "
                              + names)));
    }
    return named;
  }

  /** The releases that were deployed before. */
  List<String> before() {
    return RELEASES.subList(0, before);
  }

  /** What the project's folder holds while it runs. */
  String release() {
    return RELEASES.get(Math.min(before, 1));
  }

  /** How it ends if nothing happens to it. */
  Outcome outcome() {
    return outcome;
  }

  /** The task of the run that uploaded what serves production if nothing happens to it. */
  String serving() {
    boolean isDeployed = this != ROLLBACK && outcome == Outcome.SUCCEEDED;
    return isDeployed ? TASK : BEFORE + RELEASES.get(0);
  }

  /** How traffic comes to it. */
  RolloutPolicy rollout() {
    RolloutPolicy standard = RolloutPolicy.standard();
    return this == RAMP ? standard.withRamp(List.of(10, 50), Duration.ofSeconds(10)) : standard;
  }

  /** Goes on with what is open, and asks for it under its task: what a cron job does. */
  RunReport ask(Dirk dirk) {
    List<RunReport> unused = dirk.resume();
    return this == ROLLBACK
        ? dirk.rollback(RollbackRequest.of(Orders.SERVICE).taskId(TASK))
        : dirk.deploy(DeployRequest.of(Orders.SERVICE).taskId(TASK));
  }

  @Override
  public String toString() {
    return words;
  }
}
