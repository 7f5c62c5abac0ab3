package nl.praatmetjeboekhouding.dirk.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One step of a run, as it went.
 *
 * @param name unique in its run
 * @param status how it went
 * @param started when it began
 * @param took how long it took
 * @param detail what came of it, for people; may be empty text
 * @param lastLines the last lines that a command wrote which failed, oldest first; no secret
 */
public record StepReport(
    String name,
    Status status,
    Instant started,
    Duration took,
    String detail,
    List<String> lastLines) {

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

  /** Checks that nothing is null, and copies the lines. */
  public StepReport {
    requireNonNull(name, "name");
    requireNonNull(status, "status");
    requireNonNull(started, "started");
    requireNonNull(took, "took");
    requireNonNull(detail, "detail");
    lastLines = List.copyOf(lastLines);
  }

  /** One that has no lines to show. */
  public StepReport(String name, Status status, Instant started, Duration took, String detail) {
    this(name, status, started, took, detail, List.of());
  }
}
