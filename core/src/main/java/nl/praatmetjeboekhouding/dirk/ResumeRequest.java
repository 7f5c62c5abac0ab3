package nl.praatmetjeboekhouding.dirk;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Going on with a run that was left or is HELD, which somebody asks for.
 *
 * @param taskId the run's id
 * @param by who asks, for the journal; empty text if nobody says
 * @param reason why, for the journal; empty text if nobody says; no secret
 */
public record ResumeRequest(String taskId, String by, String reason) {

  /** Checks the id. */
  public ResumeRequest {
    requireNonNull(by, "by");
    requireNonNull(reason, "reason");
    DeployRequest.checkTaskId(Optional.of(taskId));
  }

  /** For the run of this id. */
  public static ResumeRequest of(String taskId) {
    return new ResumeRequest(taskId, "", "");
  }

  /** This one, asked for by this person or machine. */
  public ResumeRequest by(String who) {
    return new ResumeRequest(taskId, who, reason);
  }

  /** This one with a reason for people. */
  public ResumeRequest because(String why) {
    return new ResumeRequest(taskId, by, why);
  }
}
