package nl.praatmetjeboekhouding.dirk.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * One step of a run, as it went.
 *
 * @param name unique in its run
 * @param status how it went
 * @param started when it began
 * @param took how long it took
 * @param detail what came of it, for people; may be empty text
 */
public record StepReport(
    String name, Status status, Instant started, Duration took, String detail) {

  /** How a step went. */
  public enum Status {
    /** As it should. */
    DONE,
    /** It did not happen, or found something bad. */
    FAILED,
    /** Whether it happened is not known. */
    UNKNOWN,
    /** It was stopped before its end. */
    STOPPED
  }

  /** Checks that nothing is null. */
  public StepReport {
    requireNonNull(name, "name");
    requireNonNull(status, "status");
    requireNonNull(started, "started");
    requireNonNull(took, "took");
    requireNonNull(detail, "detail");
  }
}
