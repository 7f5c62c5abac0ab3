package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/** One order and what came of it, over all the processes that told its run. */
final class Ask {

  final Order order;
  final String task;

  /** Whether something served production when it was asked, and was to be seen. */
  final boolean servedAtAll;

  /** When it was asked. */
  final long began;

  /** How often in a row a version was seen healthy in production since this run switched last. */
  final Map<String, Integer> healthy = new HashMap<>();

  /** The keys of what this run switched in production. */
  final Set<String> keys = new HashSet<>();

  /** What it gave traffic in production before a gate had passed it. */
  final Set<String> unproven = new HashSet<>();

  private final Map<Point.Place, Integer> inStaging = new EnumMap<>(Point.Place.class);
  private final Map<Point.Place, Integer> inProduction = new EnumMap<>(Point.Place.class);
  int deaths;
  int stops;

  /** How many processes were asked for it. */
  int processes;

  /** How many orders came while its processes were stopped. */
  int others;

  /** Whether a stranger deployed while it was told, or others were busy. */
  boolean isDisturbed;

  /** Whether it comes over a run whose switch is still on its way. */
  boolean overtakes;

  /** Whether something of it landed while it held no lease any more. */
  boolean isStale;

  Optional<RunReport> report = Optional.empty();

  Ask(Order order, World world) {
    this.order = order;
    this.task = order.task();
    this.began = world.now();
    this.servedAtAll = world.active(world.production().target).isPresent();
  }

  /** Comes to a place once more: how often it had come there by then. */
  int come(Point.Place place, boolean isInProduction) {
    return (isInProduction ? inProduction : inStaging).merge(place, 1, Integer::sum);
  }

  Point point(Point.Place place, boolean isInProduction, Point.Facet facet, int nth) {
    return new Point(order.number(), place, isInProduction, facet, nth);
  }
}
