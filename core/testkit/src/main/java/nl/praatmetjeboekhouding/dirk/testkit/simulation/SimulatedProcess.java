package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.testkit.simulation.Point.Facet;
import nl.praatmetjeboekhouding.dirk.testkit.simulation.Point.Place;
import org.jspecify.annotations.Nullable;

/**
 * A process that tells a run: all that it does to the world and to the journal comes by here, and
 * may go wrong. Once it was killed it reaches nothing any more.
 */
final class SimulatedProcess {

  private static final Duration QUICK = Duration.ofMillis(200);

  private final Episode episode;
  private final Schedule schedule;
  private final WorldTime time;
  private final World world;
  private final Ask ask;
  private final Map<String, Integer> healthyInARow = new HashMap<>();
  private boolean dead;

  SimulatedProcess(Episode episode, Ask ask) {
    this.episode = episode;
    this.schedule = episode.schedule();
    this.time = episode.time();
    this.world = episode.world();
    this.ask = ask;
  }

  World world() {
    return world;
  }

  Ask ask() {
    return ask;
  }

  Plot plot() {
    return episode.plot();
  }

  boolean isDead() {
    return dead;
  }

  /** What was built for this run. */
  Order.Content content() {
    return ask.order.content().orElseThrow();
  }

  void requireAlive() {
    if (dead) {
      throw new Killed();
    }
  }

  /** Reads at the vendor. */
  <T> T read(Place place, boolean inProduction, CallContext call, Supplier<T> question) {
    int nth = enter(place, inProduction);
    Fault fault = happens(ask.point(place, inProduction, Facet.ITSELF, nth));
    time.pass(QUICK);
    T answer = null;
    ProviderException failure = null;
    if (fault == null) {
      answer = question.get();
    } else {
      failure = failure(fault, call);
    }
    leave(place, inProduction, nth);
    return answered(answer, failure);
  }

  /** What the vendor does of a write. */
  interface Effect<T> {
    T apply(World.Late late);
  }

  /** A write that takes effect now. */
  private interface Landing<T> {
    T land();
  }

  /** Writes at the vendor. */
  <T> T write(Place place, boolean inProduction, StepKey key, CallContext call, Effect<T> effect) {
    requireAlive();
    episode.invariants().intends(ask, key);
    if (inProduction) {
      episode.invariants().sends(ask);
    }
    int stops = ask.stops;
    int nth = enter(place, inProduction);
    if (ask.stops > stops) {
      episode.invariants().landsAfterStop(ask);
    }
    Landing<T> landing = () -> effect.apply(late(place, inProduction, nth));
    if (place == Place.ACTIVATE && inProduction) {
      Fault overtaken = happens(ask.point(place, true, Facet.OVERTAKEN, nth));
      if (overtaken != null) {
        time.after(overtaken.by().toNanos(), () -> landLate(landing));
        episode.meanwhile(this, overtaken);
        throw failure(overtaken, call);
      }
    }
    Fault fault = happens(ask.point(place, inProduction, Facet.ITSELF, nth));
    time.pass(QUICK);
    T answer = null;
    ProviderException failure = null;
    try {
      if (fault == null) {
        answer = landing.land();
      } else {
        switch (fault.kind()) {
          case DONE_BROKEN, DONE_LOST, DONE_UNREADABLE -> landing.land();
          case LANDS_LATE ->
              time.after(call.timeout().plus(fault.by()).toNanos(), () -> landLate(landing));
          default -> {}
        }
        failure = failure(fault, call);
      }
    } catch (ProviderException refused) {
      failure = refused;
    }
    leave(place, inProduction, nth);
    return answered(answer, failure);
  }

  private static void landLate(Landing<?> landing) {
    try {
      landing.land();
    } catch (ProviderException refused) {
      return; // and nobody hears of it
    }
  }

  private static <T> T answered(@Nullable T answer, @Nullable ProviderException failure) {
    if (failure != null) {
      throw failure;
    }
    if (answer == null) {
      throw new IllegalStateException("no answer");
    }
    return answer;
  }

  private ProviderException failure(Fault fault, CallContext call) {
    return switch (fault.kind()) {
      case NOT_SENT -> ProviderException.of(FailureKind.NOT_SENT, "connection refused");
      case BROKEN, DONE_BROKEN -> ProviderException.of(FailureKind.UNAVAILABLE, "503");
      case DONE_UNREADABLE -> ProviderException.of(FailureKind.UNREADABLE, "200, not JSON");
      case THROTTLED ->
          ProviderException.with(FailureKind.THROTTLED, "429").retryAfter(fault.by()).build();
      default -> {
        time.pass(call.timeout());
        yield ProviderException.of(FailureKind.TIMEOUT, "no answer in time");
      }
    };
  }

  /** The journal has taken an entry of this process. */
  void wrote(String stream, List<Lease> held) {
    episode.invariants().wrote(ask, stream, held);
  }

  /** How late reads and traffic are to follow a write. */
  private World.Late late(Place place, boolean inProduction, int nth) {
    return new World.Late(
        by(ask.point(place, inProduction, Facet.SHOWN, nth)),
        by(ask.point(place, inProduction, Facet.FOLLOWED, nth)));
  }

  private long by(Point point) {
    Fault fault = happens(point);
    return fault == null ? 0 : fault.by().toNanos();
  }

  /** A stranger deploys. */
  void deployForeign() {
    world.deployForeign(late(Place.STRANGER, true, ask.come(Place.STRANGER, true)));
  }

  /** One look of the probe. */
  Reading look(Endpoint endpoint) {
    boolean inProduction = world.site(endpoint).isProduction();
    int nth = enter(Place.READING, inProduction);
    Fault fault = happens(ask.point(Place.READING, inProduction, Facet.ITSELF, nth));
    time.pass(QUICK);
    Reading reading =
        fault == null
            ? seen(endpoint, inProduction)
            : fault.kind() == Fault.Kind.BLIND
                ? Reading.of(Health.INCONCLUSIVE, "nothing", time.instant())
                : Reading.of(Health.UNHEALTHY, "502", time.instant());
    leave(Place.READING, inProduction, nth);
    return reading;
  }

  private Reading seen(Endpoint endpoint, boolean inProduction) {
    Optional<Version> answering = world.answering(endpoint);
    if (answering.isEmpty()) {
      return Reading.of(Health.UNHEALTHY, "404", time.instant());
    }
    Version version = answering.get();
    boolean isSick = episode.isSick(version, inProduction, World.isAsking(endpoint));
    witness(version, inProduction, !isSick);
    Reading reading =
        isSick
            ? Reading.of(Health.UNHEALTHY, "500", time.instant())
            : Reading.of(Health.HEALTHY, "", time.instant());
    return plot().tells() ? reading.withIdentity(version.id()) : reading;
  }

  private void witness(Version version, boolean inProduction, boolean healthy) {
    int inARow = counted(healthyInARow, version.id(), healthy);
    if (inProduction) {
      int unused = counted(ask.healthy, version.id(), healthy);
    }
    if (inARow >= Episode.POLICY.readings()) {
      episode.invariants().proven(version, inProduction);
    }
  }

  private static int counted(Map<String, Integer> counts, String version, boolean healthy) {
    if (healthy) {
      return counts.merge(version, 1, Integer::sum);
    }
    counts.remove(version);
    return 0;
  }

  /** Comes to where something may go wrong. */
  int enter(Place place, boolean inProduction) {
    requireAlive();
    int nth = ask.come(place, inProduction);
    Fault meanwhile = happens(ask.point(place, inProduction, Facet.MEANWHILE, nth));
    if (meanwhile != null) {
      episode.meanwhile(this, meanwhile);
    }
    mayDie(ask.point(place, inProduction, Facet.BEFORE, nth));
    return nth;
  }

  void leave(Place place, boolean inProduction, int nth) {
    mayDie(ask.point(place, inProduction, Facet.AFTER, nth));
  }

  private @Nullable Fault happens(Point point) {
    Fault fault = ask.order.isCalm() ? null : schedule.at(point);
    if (fault != null) {
      episode.note(fault);
    }
    return fault;
  }

  private void mayDie(Point point) {
    if (ask.deaths < Episode.MOST_DEATHS && happens(point) != null) {
      ask.deaths++;
      dead = true;
      throw new Killed();
    }
  }
}
