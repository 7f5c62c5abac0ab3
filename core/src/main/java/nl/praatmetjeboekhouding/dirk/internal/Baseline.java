package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.Reading;

/**
 * What the probe saw before anything was changed: it tells "the service is broken" from "the prober
 * is".
 *
 * @param health empty if nothing served the target, so that there was nothing to see
 * @param identity what the service called itself then
 * @param account the last look, for people
 */
record Baseline(Optional<Health> health, Optional<String> identity, String account) {

  static final Form<Baseline> FORM =
      Forms.form(
          baseline -> {
            ObjectNode node = Forms.object();
            baseline.health().ifPresent(health -> node.put("health", health.name()));
            baseline.identity().ifPresent(identity -> node.put("identity", identity));
            return node.put("account", baseline.account());
          },
          node ->
              new Baseline(
                  Forms.text(node, "health").map(Health::valueOf),
                  Forms.text(node, "identity"),
                  node.path("account").asText()));

  static Baseline nothingServed() {
    return new Baseline(Optional.empty(), Optional.empty(), "nothing serves it yet");
  }

  static Baseline of(Reading reading, String account) {
    return new Baseline(Optional.of(reading.health()), reading.identity(), account);
  }

  /**
   * Whether a gate could tell from here that a version is well: nothing served, so that there was
   * nothing to see, or what served answered well, or badly under its own name.
   */
  boolean letsTheGateTell() {
    return health.isEmpty() || wasHealthy() || identity.isPresent();
  }

  /** Whether the service answered well from here. */
  boolean wasHealthy() {
    return health.filter(Health.HEALTHY::equals).isPresent();
  }

  /** Whether something served the target, but it could not be seen to be well from here. */
  boolean wasNotHealthy() {
    return health.isPresent() && !wasHealthy();
  }
}
