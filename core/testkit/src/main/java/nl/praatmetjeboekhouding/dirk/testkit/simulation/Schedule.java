package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.testkit.simulation.Fault.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong when. From a seed, a point's fault follows from the seed and the point alone, so
 * that leaving one out changes no other; or as a list, which is what a seed came to when it was
 * played. Remembers what was met. For one play.
 */
final class Schedule {

  private static final List<Kind> CALLS = List.of(Kind.LOST, Kind.BROKEN);
  private static final List<Kind> READS =
      List.of(Kind.NOT_SENT, Kind.LOST, Kind.BROKEN, Kind.THROTTLED);
  private static final List<Kind> WRITES_SETTLED =
      List.of(Kind.LOST, Kind.BROKEN, Kind.DONE_BROKEN, Kind.DONE_LOST);
  private static final List<Kind> WRITES =
      List.of(
          Kind.NOT_SENT,
          Kind.LOST,
          Kind.BROKEN,
          Kind.THROTTLED,
          Kind.DONE_BROKEN,
          Kind.DONE_LOST,
          Kind.DONE_UNREADABLE,
          Kind.LANDS_LATE);
  private static final List<Kind> STOPS =
      List.of(Kind.ROLLBACK_COMES, Kind.DEPLOY_COMES, Kind.TAKEN_UP);

  /** As a run switches seldom, and not every time that it is overtaken matters. */
  private static final int OVERTAKINGS = 5;

  private static final List<Kind> LOOKS = List.of(Kind.BLIND, Kind.HICCUP);

  private final long seed;
  private final Rates rates;
  private final boolean plain;
  private final @Nullable Map<Point, Fault> given;
  private final List<Fault> met = new ArrayList<>();

  private Schedule(long seed, Rates rates, boolean plain, @Nullable Map<Point, Fault> given) {
    this.seed = seed;
    this.rates = rates;
    this.plain = plain;
    this.given = given;
  }

  /** What a seed says. */
  static Schedule of(long seed, Rates rates) {
    return new Schedule(seed, rates, false, null);
  }

  /** The same, of the few kinds only by which strategies are compared, and only in calls. */
  static Schedule plain(long seed, Rates rates) {
    return new Schedule(seed, rates, true, null);
  }

  /** These and no others. */
  static Schedule of(List<Fault> faults) {
    Map<Point, Fault> byPoint = new HashMap<>();
    faults.forEach(fault -> byPoint.put(fault.at(), fault));
    return new Schedule(0, Rates.none(), false, byPoint);
  }

  /** What was met, in order. */
  List<Fault> met() {
    return List.copyOf(met);
  }

  /** What goes wrong there, or null if nothing does. */
  @Nullable Fault at(Point point) {
    Fault fault = given == null ? drawn(point) : given.get(point);
    if (fault != null) {
      met.add(fault);
    }
    return fault;
  }

  private @Nullable Fault drawn(Point point) {
    double rate = rate(point);
    if (rate == 0) {
      return null;
    }
    long mixed = point.mixed(seed);
    double unit = Point.unit(mixed);
    return unit < rate ? fault(point, unit / rate, Point.unit(Point.mix(mixed))) : null;
  }

  private double rate(Point point) {
    if (plain && point.place() == Point.Place.READING) {
      return 0; // strategies that do not look have nothing like it
    }
    return switch (point.facet()) {
      case BEFORE, AFTER -> point.place().isJournal() ? rates.deathsWriting() : rates.deaths();
      case SHOWN, FOLLOWED -> rates.lags();
      case OVERTAKEN -> Math.min(1, OVERTAKINGS * rates.stops());
      case ITSELF ->
          point.place() == Point.Place.READING
              ? rates.looks()
              : plain || point.place().isWrite() ? rates.calls() : rates.calls() / 3;
      case MEANWHILE ->
          point.place().isJournal()
              ? rates.stops()
              : rates.strangers() + rates.clocks() + rates.stops();
    };
  }

  private Fault fault(Point point, double which, double much) {
    return switch (point.facet()) {
      case BEFORE, AFTER -> Fault.of(point, Kind.KILLED);
      case SHOWN -> new Fault(point, Kind.LAGS, part(rates.latest(), much));
      case FOLLOWED -> new Fault(point, Kind.SLOW, part(Duration.ofSeconds(20), much));
      case ITSELF -> failure(point, which, much);
      case OVERTAKEN -> new Fault(point, Kind.OVERTAKEN, part(rates.latest(), much));
      case MEANWHILE -> meanwhile(point, which, much);
    };
  }

  private Fault failure(Point point, double which, double much) {
    List<Kind> kinds =
        switch (point.place()) {
          case READING -> LOOKS;
          case UPLOAD, ACTIVATE -> plain ? WRITES_SETTLED : WRITES;
          default -> plain ? CALLS : READS;
        };
    Kind kind = kinds.get((int) (which * kinds.size()));
    return switch (kind) {
      case LANDS_LATE -> new Fault(point, kind, part(rates.latest(), much));
      case THROTTLED -> new Fault(point, kind, part(Duration.ofSeconds(40), much));
      default -> Fault.of(point, kind);
    };
  }

  private Fault meanwhile(Point point, double which, double much) {
    if (point.place().isJournal()) {
      return stopped(point, much);
    }
    double drawn = which * (rates.strangers() + rates.clocks() + rates.stops());
    if (drawn < rates.strangers()) {
      return Fault.of(point, Kind.STRANGER);
    }
    return drawn < rates.strangers() + rates.clocks()
        ? new Fault(point, Kind.CLOCK, Duration.ofSeconds(Math.round((much - 0.5) * 1200)))
        : stopped(point, much);
  }

  private static Fault stopped(Point point, double much) {
    double which = much * STOPS.size();
    Kind kind = STOPS.get((int) which);
    return new Fault(point, kind, part(Duration.ofSeconds(150), which - (int) which));
  }

  private static Duration part(Duration whole, double much) {
    return Duration.ofMillis(Math.max(1, (long) (whole.toMillis() * much)));
  }
}
