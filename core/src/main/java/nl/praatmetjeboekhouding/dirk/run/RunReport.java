package nl.praatmetjeboekhouding.dirk.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * What became of a run. The same task asked again gives an equal report.
 *
 * @param taskId the run's id
 * @param runbook {@code deploy} or {@code rollback}
 * @param service what it was about
 * @param outcome how it ended
 * @param reason one word for what stood in the way, such as {@code NO_WAY_BACK}; empty if nothing
 *     did
 * @param summary one or two sentences for people
 * @param started when the run began
 * @param ended when this report was made
 * @param steps in the order they were taken
 * @param deployed what serves the targets that the run touched, production first
 * @param infrastructure the numbers of the whole
 * @param notes what somebody should know besides, a sentence each
 * @param plan the hash of the plan that the run was bound to, because it applied one or needed an
 *     approval; or empty
 */
public record RunReport(
    String taskId,
    String runbook,
    String service,
    Outcome outcome,
    Optional<String> reason,
    String summary,
    Instant started,
    Instant ended,
    List<StepReport> steps,
    List<Deployed> deployed,
    Infrastructure infrastructure,
    List<String> notes,
    Optional<Digest> plan) {

  /** Checks that nothing is null. */
  public RunReport {
    requireNonNull(taskId, "taskId");
    requireNonNull(runbook, "runbook");
    requireNonNull(service, "service");
    requireNonNull(outcome, "outcome");
    requireNonNull(reason, "reason");
    requireNonNull(summary, "summary");
    requireNonNull(started, "started");
    requireNonNull(ended, "ended");
    steps = List.copyOf(steps);
    deployed = List.copyOf(deployed);
    requireNonNull(infrastructure, "infrastructure");
    notes = List.copyOf(notes);
    requireNonNull(plan, "plan");
  }
}
