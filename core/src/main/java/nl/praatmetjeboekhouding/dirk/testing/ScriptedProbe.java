package nl.praatmetjeboekhouding.dirk.testing;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbeProvider;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * A probe that sees what a test says: a rule for every look, and single readings that come before
 * the rule. Safe for use by several threads.
 */
public final class ScriptedProbe implements HealthProbe {

  private final TimeSource time;
  private final Deque<Function<Endpoint, Reading>> next = new ArrayDeque<>();
  private Function<Endpoint, Reading> rule;
  private int looks;

  private ScriptedProbe(TimeSource time, Function<Endpoint, Reading> rule) {
    this.time = requireNonNull(time, "time");
    this.rule = requireNonNull(rule, "rule");
  }

  /** A probe that sees what {@code rule} says of the endpoint. */
  public static ScriptedProbe seeing(TimeSource time, Function<Endpoint, Reading> rule) {
    return new ScriptedProbe(time, rule);
  }

  /**
   * A probe that sees whoever serves, healthy, by the name that {@code serving} gives; nobody
   * serves while it is empty.
   */
  public static ScriptedProbe healthy(
      TimeSource time, Function<Endpoint, Optional<String>> serving) {
    return seeing(
        time,
        endpoint ->
            serving
                .apply(endpoint)
                .map(who -> Reading.of(Health.HEALTHY, "", time.instant()).withIdentity(who))
                .orElseGet(() -> Reading.of(Health.UNHEALTHY, "nobody answers", time.instant())));
  }

  /** A provider that gives this probe to every service which names the id. */
  public HealthProbeProvider provider(String id) {
    return new GivenProbe(requireNonNull(id, "id"), this);
  }

  /** From now on sees what {@code changed} says. */
  public synchronized ScriptedProbe then(Function<Endpoint, Reading> changed) {
    rule = requireNonNull(changed, "changed");
    return this;
  }

  /** Sees this in one of the next looks, once, before the rule counts again. */
  public synchronized ScriptedProbe once(Function<Endpoint, Reading> reading) {
    next.add(requireNonNull(reading, "reading"));
    return this;
  }

  /** What it sees as long as nothing else is said. */
  public synchronized Function<Endpoint, Reading> rule() {
    return rule;
  }

  /** How often it looked. */
  public synchronized int looks() {
    return looks;
  }

  @Override
  public Reading read(Endpoint endpoint, CallContext call) {
    Function<Endpoint, Reading> now;
    synchronized (this) {
      looks++;
      Function<Endpoint, Reading> single = next.poll();
      now = single == null ? rule : single;
    }
    return now.apply(endpoint);
  }

  /** A reading of this moment. */
  public Reading reading(Health health, String reason) {
    return Reading.of(health, reason, time.instant());
  }
}
