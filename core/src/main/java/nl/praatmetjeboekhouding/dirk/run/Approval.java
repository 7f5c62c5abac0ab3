package nl.praatmetjeboekhouding.dirk.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * Somebody's word that a plan may be deployed. Whether it counts is for the deploy's gates to say.
 *
 * @param plan the plan's hash
 * @param service what the plan is about
 * @param by who approved
 * @param group for which group, such as {@code team:ops}; or empty
 * @param reason why; empty text if nobody said
 * @param at when
 */
public record Approval(
    Digest plan, String service, String by, Optional<String> group, String reason, Instant at) {

  /** Checks that nothing is null. */
  public Approval {
    requireNonNull(plan, "plan");
    requireNonNull(service, "service");
    requireNonNull(by, "by");
    requireNonNull(group, "group");
    requireNonNull(reason, "reason");
    requireNonNull(at, "at");
  }
}
