package nl.praatmetjeboekhouding.dirk;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.ApprovalPolicy;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * An approval of a plan that somebody gives. Dirk believes who he says that he is: whoever embeds
 * it has to make sure of that, and of the group that he speaks for.
 *
 * @param plan the plan's hash; see {@link nl.praatmetjeboekhouding.dirk.run.DeployPlan#hash()} and
 *     {@link nl.praatmetjeboekhouding.dirk.run.RunReport#plan()}
 * @param by who approves; must be said before it is given
 * @param group the group that he speaks for, such as {@code team:ops}, or empty
 * @param reason why, for the journal; empty text if nobody says; no secret
 */
public record ApproveRequest(Digest plan, String by, Optional<String> group, String reason) {

  /** Checks that a group's name has a colon in it. */
  public ApproveRequest {
    requireNonNull(plan, "plan");
    requireNonNull(by, "by");
    requireNonNull(reason, "reason");
    if (group.filter(name -> !ApprovalPolicy.isGroup(name)).isPresent()) {
      throw new IllegalArgumentException(
          "a group's name must have a colon in it, such as team:ops: " + group.get());
    }
  }

  /** For the plan of this hash. */
  public static ApproveRequest of(Digest plan) {
    return new ApproveRequest(plan, "", Optional.empty(), "");
  }

  /** This one, given by this person. */
  public ApproveRequest by(String who) {
    return new ApproveRequest(plan, who, group, reason);
  }

  /** This one, given for a group, which is for the caller to make sure of. */
  public ApproveRequest as(String name) {
    return new ApproveRequest(plan, by, Optional.of(name), reason);
  }

  /** This one with a reason for people. */
  public ApproveRequest because(String why) {
    return new ApproveRequest(plan, by, group, why);
  }

  void requirePerson() {
    if (by.isBlank()) {
      throw new IllegalArgumentException("an approval must say whose it is: by(\"...\")");
    }
  }
}
