package nl.praatmetjeboekhouding.dirk;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A rollback that somebody asks for.
 *
 * @param service the service's name
 * @param taskId the run's id; the same id twice is one run. Empty: a new one is made
 * @param version the label or the vendor's id of the version to go back to, or empty for the newest
 *     that is known to be good
 * @param by who asks, for the journal; empty text if nobody says
 * @param reason why, for people; no secret
 */
public record RollbackRequest(
    String service, Optional<String> taskId, Optional<String> version, String by, String reason) {

  /** Checks the id. */
  public RollbackRequest {
    requireNonNull(service, "service");
    requireNonNull(version, "version");
    requireNonNull(by, "by");
    requireNonNull(reason, "reason");
    DeployRequest.checkTaskId(taskId);
  }

  /** A rollback to the newest version that is known to be good, under a new id. */
  public static RollbackRequest of(String service) {
    return new RollbackRequest(service, Optional.empty(), Optional.empty(), "", "asked for");
  }

  /** This one under an id: at most 64 letters, digits and {@code . _ -}. */
  public RollbackRequest taskId(String id) {
    return new RollbackRequest(service, Optional.of(id), version, by, reason);
  }

  /** This one to the newest good version of this label, or to the one of this id of the vendor. */
  public RollbackRequest to(String id) {
    return new RollbackRequest(service, taskId, Optional.of(id), by, reason);
  }

  /** This one, asked for by this person or machine. */
  public RollbackRequest by(String who) {
    return new RollbackRequest(service, taskId, version, who, reason);
  }

  /** This one with a reason for people. */
  public RollbackRequest because(String why) {
    return new RollbackRequest(service, taskId, version, by, why);
  }
}
