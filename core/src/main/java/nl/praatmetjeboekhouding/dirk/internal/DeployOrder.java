package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.context.Acknowledgement;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * How somebody wants a deploy to be.
 *
 * @param acknowledgement what he has read
 * @param plan the hash of the plan that must still stand, or empty
 * @param cure whether production may be sick before
 * @param within how long it may take; empty: as long as its steps take
 */
public record DeployOrder(
    Acknowledgement acknowledgement,
    Optional<Digest> plan,
    boolean cure,
    Optional<Duration> within) {

  private static final String PLAN = "plan";
  private static final String CURE = "cure";
  private static final String WITHIN = "within";

  static DeployOrder of(JsonNode request, Acknowledgement acknowledgement) {
    return new DeployOrder(
        acknowledgement,
        Forms.text(request, PLAN).map(Digest::new),
        request.path(CURE).asBoolean(),
        Forms.text(request, WITHIN).map(Duration::parse));
  }

  /** What makes two orders differ, for the journal. */
  ObjectNode request() {
    ObjectNode request = Forms.object();
    plan.ifPresent(hash -> request.put(PLAN, hash.hex()));
    if (cure) {
      request.put(CURE, true);
    }
    within.ifPresent(time -> request.put(WITHIN, time.toString()));
    return request;
  }
}
