package nl.praatmetjeboekhouding.dirk.internal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks until it knows whether a version answers, and answers well. Identity comes first: a good
 * answer of another version means <em>not yet</em>, a bad answer of the new one counts against it,
 * and a look that saw nothing counts for nothing.
 */
final class HealthGate {

  private static final Logger LOG = LoggerFactory.getLogger(HealthGate.class);
  private static final double JITTER = 0.2;

  private final HealthProbe probe;
  private final HealthPolicy policy;
  private final RandomGenerator random;

  HealthGate(HealthProbe probe, HealthPolicy policy, RandomGenerator random) {
    this.probe = probe;
    this.policy = policy;
    this.random = random;
  }

  /** Looks before anything is changed, until it saw what a gate can go by, but not for long. */
  Baseline baseline(Endpoint endpoint, LedgerPauses pauses) {
    int looks = 1;
    while (true) {
      Reading reading = look(endpoint, pauses);
      pauses.tell(reading, told(reading) + " (before the change)");
      Baseline baseline = Baseline.of(reading, told(reading));
      if (baseline.letsTheGateTell() || looks >= policy.badReadings()) {
        return baseline;
      }
      looks++;
      pauses.pause("look again", jittered(policy.every()));
    }
  }

  Verdict watch(Endpoint endpoint, Expected expected, Baseline baseline, LedgerPauses pauses) {
    return new Watch(endpoint, expected, baseline, pauses).run();
  }

  /** One look; a probe that cannot look says nothing about who it was to look at. */
  private Reading look(Endpoint endpoint, LedgerPauses pauses) {
    CallContext call = pauses.call(policy.attempt());
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

  private Duration jittered(Duration pause) {
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofNanos(Math.max(1, Math.round(pause.toNanos() * factor)));
  }

  private static String told(Reading reading) {
    return reading.health().name().toLowerCase(java.util.Locale.ROOT)
        + reading.identity().map(name -> " by " + name).orElse("")
        + (reading.reason().isEmpty() ? "" : ": " + reading.reason());
  }

  /** What a reading says of the version that the gate waits for. */
  private enum Sign {
    /** It answered well. */
    GOOD,
    /** It answered badly. */
    BAD,
    /** Another one answered, or nobody said who. */
    NOT_YET,
    /** The look told nothing. */
    BLIND
  }

  private final class Watch {

    private final Endpoint endpoint;
    private final Expected expected;
    private final Baseline baseline;
    private final LedgerPauses pauses;
    private final boolean tellsIdentity;
    private final long began;
    private int looks;
    private int good;
    private int bad;
    private int badByName;
    private int matches;
    private int blind;
    private boolean arrived;
    private long arrivedAt;
    private Optional<String> identity = Optional.empty();
    private boolean lastWasNamed;
    private String last = "no look";
    private boolean lastWasHealthy;

    Watch(Endpoint endpoint, Expected expected, Baseline baseline, LedgerPauses pauses) {
      this.endpoint = endpoint;
      this.expected = expected;
      this.baseline = baseline;
      this.pauses = pauses;
      this.tellsIdentity = !(endpoint.identity() instanceof IdentityRule.None);
      this.began = pauses.nanoTime();
      this.arrived = !tellsIdentity;
      this.arrivedAt = began;
    }

    Verdict run() {
      while (true) {
        count(look(endpoint, pauses));
        Optional<Verdict> verdict = verdict();
        if (verdict.isPresent()) {
          return verdict.get();
        }
        pauses.pause("look again", jittered(policy.every()));
      }
    }

    private void count(Reading reading) {
      Sign sign = sign(reading);
      looks++;
      blind = sign == Sign.BLIND ? blind + 1 : 0;
      if (sign != Sign.BLIND) {
        good = sign == Sign.GOOD ? good + 1 : 0;
        bad = badAfter(sign, reading);
        lastWasHealthy = reading.health() == Health.HEALTHY;
        lastWasNamed = expected.isName(reading.identity());
        if (reading.identity().isPresent()) {
          identity = reading.identity();
        }
      }
      matches = matchesAfter(sign, reading);
      if (!arrived && matches >= policy.identityMatches()) {
        arrived = true;
        arrivedAt = pauses.nanoTime();
        good = 0;
      }
      last = remark(sign, reading);
      pauses.tell(reading, last);
    }

    /** How often in a row the version answered, well or not. */
    private int matchesAfter(Sign sign, Reading reading) {
      return switch (sign) {
        case GOOD -> matches + 1;
        case BAD -> expected.isName(reading.identity()) ? matches + 1 : matches;
        case NOT_YET -> 0;
        case BLIND -> matches;
      };
    }

    /**
     * How many bad answers count: those in a row, and across answers of another version those that
     * the new one gave under its own name.
     */
    private int badAfter(Sign sign, Reading reading) {
      if (sign == Sign.NOT_YET) {
        return badByName;
      }
      boolean byName = expected.isName(reading.identity());
      badByName = sign == Sign.GOOD ? 0 : badByName + (byName ? 1 : 0);
      return sign == Sign.GOOD ? 0 : bad + 1;
    }

    private Sign sign(Reading reading) {
      if (reading.health() == Health.INCONCLUSIVE) {
        return Sign.BLIND;
      }
      boolean healthy = reading.health() == Health.HEALTHY;
      if (!tellsIdentity || expected.isName(reading.identity())) {
        return healthy ? Sign.GOOD : Sign.BAD;
      }
      if (expected.accepts(reading.identity())) {
        return healthy ? Sign.GOOD : reading.identity().isPresent() ? Sign.BAD : Sign.NOT_YET;
      }
      if (healthy || reading.identity().isPresent()) {
        return Sign.NOT_YET;
      }
      if (arrived || baseline.wasHealthy()) {
        return Sign.BAD;
      }
      return baseline.wasNotHealthy() ? Sign.BLIND : Sign.NOT_YET;
    }

    private String remark(Sign sign, Reading reading) {
      String how = told(reading);
      return switch (sign) {
        case GOOD -> how;
        case BAD -> how + " (" + bad + " of " + policy.badReadings() + ")";
        case NOT_YET ->
            how
                + (reading.identity().filter(expected.ambiguous()::contains).isPresent()
                    ? " (the version before calls itself that too)"
                    : " (not yet the version that is waited for)");
        case BLIND -> how + " (tells nothing, " + blind + " of " + policy.blindReadings() + ")";
      };
    }

    private Optional<Verdict> verdict() {
      if (bad >= policy.badReadings()) {
        return of(Verdict.Kind.FAIL, "UNHEALTHY");
      }
      if (blind >= policy.blindReadings()) {
        return of(Verdict.Kind.INCONCLUSIVE, "BLIND");
      }
      if (arrived && good >= policy.readings()) {
        return of(
            tellsIdentity && lastWasNamed ? Verdict.Kind.PASS : Verdict.Kind.PASS_UNPROVEN, "");
      }
      if (!arrived && isPast(began)) {
        return neverCame();
      }
      return arrived && isPast(arrivedAt) ? of(Verdict.Kind.FAIL, "UNSTABLE") : Optional.empty();
    }

    private Optional<Verdict> neverCame() {
      if (identity.filter(expected.ambiguous()::contains).isPresent()) {
        return of(Verdict.Kind.FAIL, Verdict.AMBIGUOUS_IDENTITY);
      }
      if (identity.isPresent()) {
        return of(Verdict.Kind.INCONCLUSIVE, "NOT_PROPAGATED");
      }
      return of(Verdict.Kind.FAIL, lastWasHealthy ? Verdict.NO_IDENTITY : "UNHEALTHY");
    }

    private Optional<Verdict> of(Verdict.Kind kind, String reason) {
      Duration took = Duration.ofNanos(pauses.nanoTime() - began);
      String account = looks + " looks in " + took.toMillis() + " ms, the last one " + last;
      return Optional.of(new Verdict(kind, reason, account, identity));
    }

    private boolean isPast(long since) {
      return Duration.ofNanos(pauses.nanoTime() - since).compareTo(policy.patience()) >= 0;
    }
  }
}
