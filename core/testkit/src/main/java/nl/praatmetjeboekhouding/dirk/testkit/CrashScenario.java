package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.RollbackRequest;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/** What a process was asked for when it died. */
enum CrashScenario {
  FIRST_DEPLOY("a first deploy", 0, Optional.of("one"), false, Outcome.SUCCEEDED),
  DEPLOY("a deploy", 1, Optional.of("two"), false, Outcome.SUCCEEDED),
  SICK_DEPLOY("a deploy that is sick", 1, Optional.of("two"), true, Outcome.HELD),
  ROLLBACK("a rollback", 2, Optional.empty(), false, Outcome.FAILED_SAFE);

  private static final String TASK = "crash";
  private static final List<String> RELEASES = List.of("one", "two");

  private final String words;
  private final int before;
  private final Optional<String> release;
  private final boolean sick;
  private final Outcome withoutWayBack;

  /**
   * @param before how many of the releases were deployed before
   * @param release what is deployed, or empty for a rollback
   * @param sick whether production fails with it
   * @param withoutWayBack how it ends at a vendor that cannot put a version back
   */
  CrashScenario(
      String words, int before, Optional<String> release, boolean sick, Outcome withoutWayBack) {
    this.words = words;
    this.before = before;
    this.release = release;
    this.sick = sick;
    this.withoutWayBack = withoutWayBack;
  }

  /** The releases that were deployed before. */
  List<String> before() {
    return RELEASES.subList(0, before);
  }

  /** What the project's folder holds while it runs. */
  String content() {
    return release.orElse("two");
  }

  /** Whether production is sick as long as this serves it. */
  boolean isSick(String label) {
    return sick && release.equals(Optional.of(label));
  }

  /** How it ends if nothing happens to it. */
  Outcome outcome(boolean canPutBack) {
    if (!canPutBack) {
      return withoutWayBack;
    }
    return sick ? Outcome.ROLLED_BACK : Outcome.SUCCEEDED;
  }

  /** Asks for it, under the same task each time. */
  RunReport ask(Dirk dirk, String service) {
    return release.isPresent()
        ? dirk.deploy(DeployRequest.of(service).taskId(TASK))
        : dirk.rollback(RollbackRequest.of(service).taskId(TASK));
  }

  @Override
  public String toString() {
    return words;
  }
}
