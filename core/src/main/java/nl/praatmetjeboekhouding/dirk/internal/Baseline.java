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
 */
record Baseline(Optional<Health> health, Optional<String> identity) {

  static final Form<Baseline> FORM =
      Forms.form(
          baseline -> {
            ObjectNode node = Forms.object();
            baseline.health().ifPresent(health -> node.put("health", health.name()));
            baseline.identity().ifPresent(identity -> node.put("identity", identity));
            return node;
          },
          node ->
              new Baseline(
                  Forms.text(node, "health").map(Health::valueOf), Forms.text(node, "identity")));

  static Baseline nothingServed() {
    return new Baseline(Optional.empty(), Optional.empty());
  }

  static Baseline of(Reading reading) {
    return new Baseline(Optional.of(reading.health()), reading.identity());
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
