package nl.praatmetjeboekhouding.dirk.internal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.random.RandomGenerator;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks through a probe, whatever that does, at times that no other prober keeps too. */
final class Probing {

  private static final Logger LOG = LoggerFactory.getLogger(Probing.class);
  private static final double JITTER = 0.2;

  private final HealthProbe probe;
  private final Duration attempt;
  private final RandomGenerator random;

  /**
   * @param attempt how long one look may take
   */
  Probing(HealthProbe probe, Duration attempt, RandomGenerator random) {
    this.probe = probe;
    this.attempt = attempt;
    this.random = random;
  }

  /** One look; a probe that cannot look says nothing about who it was to look at. */
  Reading look(Endpoint endpoint, LedgerPauses pauses) {
    CallContext call = pauses.call(attempt);
    Reading reading = look(endpoint, call, pauses.instant());
    pauses.stopIfDetached();
    return reading;
  }

  private Reading look(Endpoint endpoint, CallContext call, Instant at) {
    try {
      return requireNonNull(probe.read(endpoint, call), "the probe's reading");
    } catch (ProviderException e) {
      return Reading.of(Health.INCONCLUSIVE, e.getMessage(), at);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("A probe broke its contract", e);
      return Reading.of(Health.INCONCLUSIVE, "the probe threw " + e.getClass().getName(), at);
    }
  }

  /** About this long. */
  Duration jittered(Duration pause) {
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofNanos(Math.max(1, Math.round(pause.toNanos() * factor)));
  }

  /** What was seen, for people. */
  static String told(Reading reading) {
    return reading.health().name().toLowerCase(Locale.ROOT)
        + reading.identity().map(name -> " by " + name).orElse("")
        + (reading.reason().isEmpty() ? "" : ": " + reading.reason());
  }
}
