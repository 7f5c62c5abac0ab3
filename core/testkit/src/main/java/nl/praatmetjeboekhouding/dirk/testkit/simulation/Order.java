package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.time.Duration;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.RollbackRequest;
import nl.praatmetjeboekhouding.dirk.Runbooks;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/**
 * What Dirk is asked for.
 *
 * @param number of the run, from 1
 * @param content what is deployed; empty for a rollback
 * @param pause how long after the run before
 * @param isCalm whether nothing goes wrong meanwhile
 */
record Order(int number, Optional<Content> content, Duration pause, boolean isCalm) {

  /**
   * What a build made.
   *
   * @param label what it is called
   * @param sick where it answers badly
   */
  record Content(String label, Sick sick) {}

  /** Where a release answers badly. */
  enum Sick {
    NOWHERE(""),
    IN_STAGING(", which is sick in staging"),
    IN_PRODUCTION(", which is sick in production"),
    UNDER_TRAFFIC(", which is sick once it has traffic");

    private final String words;

    Sick(String words) {
      this.words = words;
    }

    /** Whether it answers badly there. */
    boolean shows(boolean inProduction, boolean asked) {
      return switch (this) {
        case NOWHERE -> false;
        case IN_STAGING -> !inProduction;
        case IN_PRODUCTION -> inProduction;
        case UNDER_TRAFFIC -> inProduction && !asked;
      };
    }
  }

  boolean isDeploy() {
    return content.isPresent();
  }

  String task() {
    return "run-" + number;
  }

  /** Asks for it, under the same task each time. */
  RunReport ask(Runbooks runbooks) {
    return content
        .map(
            built ->
                runbooks
                    .deploy()
                    .label(built::label)
                    .create()
                    .run(DeployRequest.of(World.SERVICE).taskId(task())))
        .orElseGet(() -> runbooks.rollback().run(RollbackRequest.of(World.SERVICE).taskId(task())));
  }

  @Override
  public String toString() {
    return content
            .map(built -> "deploys " + built.label() + built.sick().words)
            .orElse("rolls back")
        + (isCalm ? " (and nothing goes wrong)" : "");
  }
}
