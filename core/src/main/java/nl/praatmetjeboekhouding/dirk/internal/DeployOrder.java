package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.context.Acknowledgement;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * How somebody wants a deploy to be.
 *
 * @param acknowledgement what he has read
 * @param plan the hash of the plan that must still stand, or empty
 * @param cure whether production may be sick before
 */
public record DeployOrder(Acknowledgement acknowledgement, Optional<Digest> plan, boolean cure) {

  private static final String PLAN = "plan";
  private static final String CURE = "cure";

  static DeployOrder of(JsonNode request, Acknowledgement acknowledgement) {
    return new DeployOrder(
        acknowledgement,
        Forms.text(request, PLAN).map(Digest::new),
        request.path(CURE).asBoolean());
  }

  /** What makes two orders differ, for the journal. */
  ObjectNode request() {
    ObjectNode request = Forms.object();
    plan.ifPresent(hash -> request.put(PLAN, hash.hex()));
    if (cure) {
      request.put(CURE, true);
    }
    return request;
  }
}
