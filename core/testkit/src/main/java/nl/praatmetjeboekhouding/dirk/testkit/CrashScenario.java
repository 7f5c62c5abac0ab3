package nl.praatmetjeboekhouding.dirk.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.RollbackRequest;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/** What a process was asked for when it died. */
enum CrashScenario {
  FIRST_DEPLOY("a first deploy", 0, Optional.of("one"), Sickness.NONE, Outcome.SUCCEEDED),
  DEPLOY("a deploy", 1, Optional.of("two"), Sickness.NONE, Outcome.SUCCEEDED),
  SICK_DEPLOY("a deploy that is sick", 1, Optional.of("two"), Sickness.UNDER_TRAFFIC, Outcome.HELD),
  ROLLBACK("a rollback", 2, Optional.empty(), Sickness.NONE, Outcome.FAILED_SAFE),
  RAMP("a deploy over a ramp", 1, Optional.of("two"), Sickness.NONE, Outcome.SUCCEEDED),
  SICK_IN_THE_DARK(
      "a deploy that is sick in the dark", 1, Optional.of("two"), Sickness.ALWAYS, Outcome.HELD);

  /** When production fails with what is deployed. */
  private enum Sickness {
    NONE,
    /** Only once it has traffic. */
    UNDER_TRAFFIC,
    /** Also for a look that asks for it by name. */
    ALWAYS
  }

  private static final String TASK = "crash";
  private static final List<String> RELEASES = List.of("one", "two");

  private final String words;
  private final int before;
  private final Optional<String> release;
  private final Sickness sickness;
  private final Outcome withoutWayBack;

  /**
   * @param before how many of the releases were deployed before
   * @param release what is deployed, or empty for a rollback
   * @param sickness when production fails with it
   * @param withoutWayBack how it ends at a vendor that cannot put a version back
   */
  CrashScenario(
      String words,
      int before,
      Optional<String> release,
      Sickness sickness,
      Outcome withoutWayBack) {
    this.words = words;
    this.before = before;
    this.release = release;
    this.sickness = sickness;
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

  /**
   * Whether production is sick with this.
   *
   * @param isAskedFor whether the look asks for it by name
   */
  boolean isSick(String label, boolean isAskedFor) {
    boolean isOurs = release.equals(Optional.of(label));
    return isOurs
        && (sickness == Sickness.ALWAYS || (sickness == Sickness.UNDER_TRAFFIC && !isAskedFor));
  }

  /** How traffic comes to it. */
  RolloutPolicy rollout() {
    RolloutPolicy standard = RolloutPolicy.standard();
    return this == RAMP ? standard.withRamp(List.of(10, 50), Duration.ofSeconds(20)) : standard;
  }

  /**
   * How it ends if nothing happens to it.
   *
   * @param wentDark whether it was looked at with a share of zero first
   */
  Outcome outcome(boolean canPutBack, boolean wentDark) {
    if (sickness == Sickness.ALWAYS && wentDark) {
      return Outcome.FAILED_SAFE;
    }
    if (!canPutBack) {
      return withoutWayBack;
    }
    return sickness == Sickness.NONE ? Outcome.SUCCEEDED : Outcome.ROLLED_BACK;
  }

  /** Which release serves production when it has ended so. */
  String serving(Outcome outcome) {
    return switch (outcome) {
      case SUCCEEDED -> release.orElse(RELEASES.get(0));
      case HELD -> release.orElseThrow();
      default -> RELEASES.get(before - 1);
    };
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
