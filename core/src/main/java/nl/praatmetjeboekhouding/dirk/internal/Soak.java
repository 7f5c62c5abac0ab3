package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.model.SoakPolicy;
import nl.praatmetjeboekhouding.dirk.spi.Alert;
import nl.praatmetjeboekhouding.dirk.spi.AlertFilter;
import nl.praatmetjeboekhouding.dirk.spi.AlertPage;
import nl.praatmetjeboekhouding.dirk.spi.AlertSource;

/**
 * Watches a version on after its gate. Bad answers in a row, too large a share of them, or an alert
 * of its release fail it; answers of other versions count for nothing, so that a stage of a ramp
 * can be watched too.
 */
final class Soak {

  private final Probing probing;
  private final SoakPolicy policy;
  private final Optional<AlertSource> alerts;
  private final boolean hasAllTraffic;

  /**
   * @param hasAllTraffic whether what is watched answers everybody, so that it must be seen
   */
  Soak(Probing probing, SoakPolicy policy, Optional<AlertSource> alerts, boolean hasAllTraffic) {
    this.probing = probing;
    this.policy = policy;
    this.alerts = alerts;
    this.hasAllTraffic = hasAllTraffic;
  }

  /**
   * @param filter which alerts are the version's
   */
  Verdict watch(
      Endpoint endpoint,
      Expected expected,
      Baseline baseline,
      AlertFilter filter,
      LedgerPauses pauses) {
    return new Watch(endpoint, Signs.of(endpoint, expected, baseline), filter, pauses).run();
  }

  private final class Watch {

    private final Endpoint endpoint;
    private final Signs signs;
    private final AlertFilter filter;
    private final LedgerPauses pauses;
    private final long began;
    private int looks;
    private int good;
    private int bad;
    private int badInARow;
    private int blind;
    private Optional<String> identity = Optional.empty();
    private Optional<String> cursor = Optional.empty();
    private Optional<String> unheard = Optional.empty();
    private String last = "no look";

    Watch(Endpoint endpoint, Signs signs, AlertFilter filter, LedgerPauses pauses) {
      this.endpoint = endpoint;
      this.signs = signs;
      this.filter = filter;
      this.pauses = pauses;
      this.began = pauses.nanoTime();
    }

    Verdict run() {
      while (true) {
        count(probing.look(endpoint, pauses));
        Optional<Alert> alert = alerts.flatMap(this::alarming);
        if (alert.isPresent()) {
          return verdict(Verdict.Kind.FAIL, "ALERT", "the tracker says " + alert.get());
        }
        if (badInARow >= policy.badReadings()) {
          return verdict(Verdict.Kind.FAIL, "UNHEALTHY", account());
        }
        if (isTooBad()) {
          return verdict(Verdict.Kind.FAIL, "TOO_MANY_BAD", account());
        }
        if (elapsed().compareTo(policy.length()) >= 0) {
          return endOfTheWatch();
        }
        pauses.pause("look again", atMostTheRest(probing.jittered(policy.every())));
      }
    }

    private void count(Reading reading) {
      Sign sign = signs.of(reading, true);
      looks++;
      switch (sign) {
        case GOOD -> good++;
        case BAD -> bad++;
        case BLIND -> blind++;
        case NOT_YET -> {}
      }
      badInARow = sign == Sign.BAD ? badInARow + 1 : sign == Sign.GOOD ? 0 : badInARow;
      if (sign == Sign.GOOD || sign == Sign.BAD) {
        identity = reading.identity().or(() -> identity);
      }
      last = Probing.told(reading);
      pauses.tell(reading, last + " (soak)");
    }

    private boolean isTooBad() {
      int told = good + bad;
      return told >= policy.atLeast() && bad * 100L > (long) policy.badPercent() * told;
    }

    /** An alert of this release that says that something failed. */
    private Optional<Alert> alarming(AlertSource source) {
      try {
        AlertPage page = source.alerts(filter, cursor, pauses.call(Looks.CALL));
        cursor = page.next().or(() -> cursor);
        unheard = Optional.empty();
        return page.alerts().stream().filter(this::isAlarming).findFirst();
      } catch (ProviderException e) {
        pauses.stopIfDetached();
        unheard = Optional.of(e.getMessage());
        return Optional.empty();
      }
    }

    private boolean isAlarming(Alert alert) {
      boolean isOurs =
          alert.release().isEmpty()
              || filter.release().isEmpty()
              || alert.release().equals(filter.release());
      return isOurs && alert.level() != Alert.Level.WARNING && !alert.at().isBefore(filter.since());
    }

    /** It passed, unless most of the looks told nothing, or it never answered with all traffic. */
    private Verdict endOfTheWatch() {
      if (blind * 2 > looks) {
        return verdict(Verdict.Kind.INCONCLUSIVE, "BLIND", account());
      }
      if (hasAllTraffic && good + bad == 0) {
        return verdict(Verdict.Kind.INCONCLUSIVE, "UNSEEN", account());
      }
      boolean isProven = signs.tellsIdentity() && good > 0;
      return verdict(isProven ? Verdict.Kind.PASS : Verdict.Kind.PASS_UNPROVEN, "", account());
    }

    private Verdict verdict(Verdict.Kind kind, String reason, String account) {
      return new Verdict(
          kind,
          reason,
          account,
          identity,
          unheard.map(why -> "Whether the tracker has alerts of it is not known: " + why));
    }

    private String account() {
      return looks
          + " looks in "
          + elapsed().toSeconds()
          + " s, "
          + bad
          + " bad of "
          + (good + bad)
          + " of the new version, the last one "
          + last
          + unheard.map(why -> "; the tracker could not be asked: " + why).orElse("");
    }

    private Duration elapsed() {
      return Duration.ofNanos(pauses.nanoTime() - began);
    }

    private Duration atMostTheRest(Duration pause) {
      Duration rest = policy.length().minus(elapsed());
      return rest.compareTo(pause) < 0 && !rest.isNegative() ? rest : pause;
    }
  }
}
