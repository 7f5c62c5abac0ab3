package nl.praatmetjeboekhouding.dirk;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The end of a run that was left or is HELD, which somebody asks for.
 *
 * @param taskId the run's id
 * @param by who asks, for the journal; empty text if nobody says
 * @param reason why, for the journal; empty text if nobody says; no secret
 */
public record AbandonRequest(String taskId, String by, String reason) {

  /** Checks the id. */
  public AbandonRequest {
    requireNonNull(by, "by");
    requireNonNull(reason, "reason");
    DeployRequest.checkTaskId(Optional.of(taskId));
  }

  /** For the run of this id. */
  public static AbandonRequest of(String taskId) {
    return new AbandonRequest(taskId, "", "");
  }

  /** This one, asked for by this person or machine. */
  public AbandonRequest by(String who) {
    return new AbandonRequest(taskId, who, reason);
  }

  /** This one with a reason for people. */
  public AbandonRequest because(String why) {
    return new AbandonRequest(taskId, by, why);
  }
}
