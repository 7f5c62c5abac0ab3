package nl.praatmetjeboekhouding.dirk.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A run that is not over.
 *
 * @param taskId its id
 * @param runbook {@code deploy} or {@code rollback}
 * @param service what it is about
 * @param started when it began
 * @param held what it said when it was HELD; empty if it was left by a detach or a killed process,
 *     or goes on right now
 */
public record OpenRun(
    String taskId, String runbook, String service, Instant started, Optional<RunReport> held) {

  /** Checks that nothing is null. */
  public OpenRun {
    requireNonNull(taskId, "taskId");
    requireNonNull(runbook, "runbook");
    requireNonNull(service, "service");
    requireNonNull(started, "started");
    requireNonNull(held, "held");
  }
}
