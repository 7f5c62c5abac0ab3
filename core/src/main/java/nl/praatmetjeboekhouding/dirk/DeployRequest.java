package nl.praatmetjeboekhouding.dirk;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
 * @param exceptions the reasons by the names of the gates that this is excepted from
 */
public record DeployRequest(
    String service,
    Optional<String> taskId,
    Acknowledgement acknowledgement,
    String by,
    String reason,
    Optional<Digest> plan,
    boolean cure,
    Optional<Duration> within,
    Map<String, String> exceptions) {

  static final Pattern TASK_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private static final Duration LONGEST = Duration.ofDays(366);

  /** Checks the id. */
  public DeployRequest {
    requireNonNull(service, "service");
    requireNonNull(acknowledgement, "acknowledgement");
    requireNonNull(by, "by");
    requireNonNull(reason, "reason");
    requireNonNull(plan, "plan");
    requireNonNull(within, "within");
    exceptions = Collections.unmodifiableMap(new TreeMap<>(exceptions));
    exceptions.forEach(DeployRequest::checkException);
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
        Optional.empty(),
        Map.of());
  }

  /** This one under an id: at most 64 letters, digits and {@code . _ -}. */
  public DeployRequest taskId(String id) {
    return new DeployRequest(
        service, Optional.of(id), acknowledgement, by, reason, plan, cure, within, exceptions);
  }

  /**
   * This one by somebody who has read these documents; see {@link
   * nl.praatmetjeboekhouding.dirk.context.ContextReading#acknowledgement()}.
   */
  public DeployRequest acknowledging(Acknowledgement documents) {
    return new DeployRequest(
        service, taskId, documents, by, reason, plan, cure, within, exceptions);
  }

  /** This one, asked for by this person or machine. */
  public DeployRequest by(String who) {
    return new DeployRequest(
        service, taskId, acknowledgement, who, reason, plan, cure, within, exceptions);
  }

  /** This one with a reason for people. */
  public DeployRequest because(String why) {
    return new DeployRequest(
        service, taskId, acknowledgement, by, why, plan, cure, within, exceptions);
  }

  /**
   * This one as the cure of a production that is sick. Without it a deploy stops before production
   * where that cannot be seen to be well, because nobody could tell then whether the new version
   * is.
   */
  public DeployRequest asCure() {
    return new DeployRequest(
        service, taskId, acknowledgement, by, reason, plan, true, within, exceptions);
  }

  /**
   * This one as a plan says, and not otherwise: it is BLOCKED if anything of the plan has changed.
   *
   * @param hash {@link nl.praatmetjeboekhouding.dirk.run.DeployPlan#hash()}
   */
  public DeployRequest applying(Digest hash) {
    return new DeployRequest(
        service, taskId, acknowledgement, by, reason, Optional.of(hash), cure, within, exceptions);
  }

  /**
   * This one, to be over within this time. When it has passed before production traffic moved, the
   * run ends FAILED_SAFE; after it, the version before is put back. A command that runs then is not
   * cut off: it has a timeout of its own.
   *
   * @throws IllegalArgumentException if it is not positive, or longer than a year
   */
  public DeployRequest within(Duration time) {
    if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "time must be positive, and at most " + LONGEST.toDays() + " days: " + time);
    }
    return new DeployRequest(
        service, taskId, acknowledgement, by, reason, plan, cure, Optional.of(time), exceptions);
  }

  /**
   * This one in spite of a gate, such as {@code freeze:christmas}, {@code error-budget}, {@code
   * failed-deploys} or {@code quarantine:0.2.1}. It is BLOCKED if there is nothing of this name.
   *
   * @param gate the name, as the gate's own message tells it
   * @param why for the journal and the report; not blank, no secret
   */
  public DeployRequest excepting(String gate, String why) {
    Map<String, String> all = new TreeMap<>(exceptions);
    all.put(requireNonNull(gate, "gate"), requireNonNull(why, "why"));
    return new DeployRequest(service, taskId, acknowledgement, by, reason, plan, cure, within, all);
  }

  private static void checkException(String gate, String why) {
    if (gate.isBlank()) {
      throw new IllegalArgumentException("an exception must name the gate");
    }
    if (why.isBlank()) {
      throw new IllegalArgumentException("an exception from " + gate + " must say why");
    }
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
