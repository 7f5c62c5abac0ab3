package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.model.Reading;

/**
 * Looks until it knows whether a version answers, and answers well. Identity comes first: a good
 * answer of another version means <em>not yet</em>, a bad answer of the new one counts against it,
 * and a look that saw nothing counts for nothing.
 */
final class HealthGate {

  private final Probing probing;
  private final HealthPolicy policy;

  HealthGate(Probing probing, HealthPolicy policy) {
    this.probing = probing;
    this.policy = policy;
  }

  /** Looks before anything is changed, until it saw what a gate can go by, but not for long. */
  Baseline baseline(Endpoint endpoint, LedgerPauses pauses) {
    int looks = 1;
    while (true) {
      Reading reading = probing.look(endpoint, pauses);
      pauses.tell(reading, Probing.told(reading) + " (before the change)");
      Baseline baseline = Baseline.of(reading, Probing.told(reading));
      if (baseline.letsTheGateTell() || looks >= policy.badReadings()) {
        return baseline;
      }
      looks++;
      pauses.pause("look again", probing.jittered(policy.every()));
    }
  }

  Verdict watch(Endpoint endpoint, Expected expected, Baseline baseline, LedgerPauses pauses) {
    return new Watch(endpoint, expected, baseline, pauses).run();
  }

  private final class Watch {

    private final Endpoint endpoint;
    private final Expected expected;
    private final Signs signs;
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
    private int named;
    private String last = "no look";
    private boolean lastWasHealthy;

    Watch(Endpoint endpoint, Expected expected, Baseline baseline, LedgerPauses pauses) {
      this.endpoint = endpoint;
      this.expected = expected;
      this.signs = Signs.of(endpoint, expected, baseline);
      this.pauses = pauses;
      this.tellsIdentity = signs.tellsIdentity();
      this.began = pauses.nanoTime();
      this.arrived = !tellsIdentity;
      this.arrivedAt = began;
    }

    Verdict run() {
      while (true) {
        count(probing.look(endpoint, pauses));
        Optional<Verdict> verdict = verdict();
        if (verdict.isPresent()) {
          return verdict.get();
        }
        pauses.pause("look again", probing.jittered(policy.every()));
      }
    }

    private void count(Reading reading) {
      Sign sign = signs.of(reading, arrived);
      looks++;
      blind = sign == Sign.BLIND ? blind + 1 : 0;
      if (sign != Sign.BLIND) {
        good = sign == Sign.GOOD ? good + 1 : 0;
        bad = badAfter(sign, reading);
        lastWasHealthy = reading.health() == Health.HEALTHY;
        named = sign == Sign.GOOD && expected.isName(reading.identity()) ? named + 1 : 0;
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

    private String remark(Sign sign, Reading reading) {
      String how = Probing.told(reading);
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
            tellsIdentity && named >= policy.readings()
                ? Verdict.Kind.PASS
                : Verdict.Kind.PASS_UNPROVEN,
            "");
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
