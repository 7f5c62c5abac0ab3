package nl.praatmetjeboekhouding.dirk.spi;

import java.time.Instant;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Target;

/**
 * Knows how long a service was up and down.
 *
 * <p>A source never waits and judges nothing: what follows belongs to the gates. It never takes
 * unmeasured time for up or down. Implementations are safe for use by several threads. Every method
 * fails with {@link nl.praatmetjeboekhouding.dirk.error.ProviderException} and nothing else.
 */
@FunctionalInterface
public interface UptimeSource {

  /**
   * How long it was up and down.
   *
   * @param from the first moment that counts
   * @param to the first moment that does not count any more
   * @return empty if nothing is known of this target at all
   */
  Optional<Uptime> uptime(Target target, Instant from, Instant to, CallContext call);
}
