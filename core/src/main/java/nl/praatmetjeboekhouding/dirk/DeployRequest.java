package nl.praatmetjeboekhouding.dirk;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.context.Acknowledgement;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * A deploy that somebody asks for.
 *
 * @param service the service's name
 * @param taskId the run's id; the same id twice is one run. Empty: a new one is made
 * @param acknowledgement the mandatory documents that whoever asks says to have read
 * @param by who asks, for the journal; empty text if nobody says
 * @param reason why, for the journal; empty text if nobody says; no secret
 * @param plan the hash of the plan that this applies, or empty to deploy whatever is there
 * @param cure whether production may be sick before, because this release is to cure it
 * @param within how long the run may take by the wall clock, over all processes that tell it;
 *     empty: as long as its steps take
 */
public record DeployRequest(
    String service,
    Optional<String> taskId,
    Acknowledgement acknowledgement,
    String by,
    String reason,
    Optional<Digest> plan,
    boolean cure,
    Optional<Duration> within) {

  static final Pattern TASK_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Checks the id. */
  public DeployRequest {
    requireNonNull(service, "service");
    requireNonNull(acknowledgement, "acknowledgement");
    requireNonNull(by, "by");
    requireNonNull(reason, "reason");
    requireNonNull(plan, "plan");
    requireNonNull(within, "within");
    checkTaskId(taskId);
  }

  /** A deploy of a service under a new id, by somebody who has read nothing. */
  public static DeployRequest of(String service) {
    return new DeployRequest(
        service,
        Optional.empty(),
        Acknowledgement.none(),
        "",
        "",
        Optional.empty(),
        false,
        Optional.empty());
  }

  /** This one under an id: at most 64 letters, digits and {@code . _ -}. */
  public DeployRequest taskId(String id) {
    return new DeployRequest(
        service, Optional.of(id), acknowledgement, by, reason, plan, cure, within);
  }

  /**
   * This one by somebody who has read these documents; see {@link
   * nl.praatmetjeboekhouding.dirk.context.ContextReading#acknowledgement()}.
   */
  public DeployRequest acknowledging(Acknowledgement documents) {
    return new DeployRequest(service, taskId, documents, by, reason, plan, cure, within);
  }

  /** This one, asked for by this person or machine. */
  public DeployRequest by(String who) {
    return new DeployRequest(service, taskId, acknowledgement, who, reason, plan, cure, within);
  }

  /** This one with a reason for people. */
  public DeployRequest because(String why) {
    return new DeployRequest(service, taskId, acknowledgement, by, why, plan, cure, within);
  }

  /**
   * This one as the cure of a production that is sick. Without it a deploy stops before production
   * where that cannot be seen to be well, because nobody could tell then whether the new version
   * is.
   */
  public DeployRequest asCure() {
    return new DeployRequest(service, taskId, acknowledgement, by, reason, plan, true, within);
  }

  /**
   * This one as a plan says, and not otherwise: it is BLOCKED if anything of the plan has changed.
   *
   * @param hash {@link nl.praatmetjeboekhouding.dirk.run.DeployPlan#hash()}
   */
  public DeployRequest applying(Digest hash) {
    return new DeployRequest(
        service, taskId, acknowledgement, by, reason, Optional.of(hash), cure, within);
  }

  /**
   * This one, to be over within this time. When it has passed before production traffic moved, the
   * run ends FAILED_SAFE; after it, the version before is put back. A command that runs then is not
   * cut off: it has a timeout of its own.
   */
  public DeployRequest within(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("time must be positive: " + time);
    }
    return new DeployRequest(
        service, taskId, acknowledgement, by, reason, plan, cure, Optional.of(time));
  }

  static void checkTaskId(Optional<String> taskId) {
    requireNonNull(taskId, "taskId");
    if (taskId.filter(id -> !TASK_ID.matcher(id).matches()).isPresent()) {
      throw new IllegalArgumentException(
          "taskId must be at most 64 letters, digits and . _ - and begin with one of the first two: "
              + taskId.get());
    }
  }
}
