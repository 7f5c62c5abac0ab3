package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A time in which nothing is deployed to production. It begins at its first moment and is over at
 * its last. Where clocks skip a time the window begins, or ends, when they do; where they show a
 * time twice it begins at the first and ends at the second.
 *
 * @param name what it is called, unique among the windows of a service
 * @param reason why, for people; empty text if nobody says
 * @param services whom it stops; empty: all
 * @param edges when it begins and ends, by the clocks of {@code zone}
 * @param zone whose clocks
 */
public record FreezeWindow(
    String name, String reason, Set<String> services, Edges edges, ZoneId zone) {

  /** When a window begins and ends. */
  public sealed interface Edges {}

  /**
   * One time only.
   *
   * @param from its first moment
   * @param until the first moment after it; later than {@code from}
   */
  public record Once(LocalDateTime from, LocalDateTime until) implements Edges {

    /** Checks that it is not over before it begins. */
    public Once {
      if (!from.isBefore(until)) {
        throw new IllegalArgumentException("until must be later than from: " + until);
      }
    }

    /** Both moments. */
    @Override
    public String toString() {
      return "from " + from + " until " + until;
    }
  }

  /**
   * Again and again: each moment of {@code from} begins it, and the next one of {@code until} ends
   * it.
   *
   * @param from when it begins
   * @param until when it ends; not the same as {@code from}
   */
  public record Recurring(Cron from, Cron until) implements Edges {

    /** Checks that it is ever open. */
    public Recurring {
      requireNonNull(until, "until");
      if (from.equals(until)) {
        throw new IllegalArgumentException("until must differ from from: " + until);
      }
    }

    /** Both as they are written. */
    @Override
    public String toString() {
      return "from \"" + from + "\" until \"" + until + "\"";
    }
  }

  /**
   * A window in force.
   *
   * @param from since when
   * @param until the first moment after it
   */
  public record Frozen(Instant from, Instant until) {

    /** Checks that nothing is null. */
    public Frozen {
      requireNonNull(from, "from");
      requireNonNull(until, "until");
    }
  }

  /** Checks that nothing is null and the name something, and copies. */
  public FreezeWindow {
    requireNonNull(reason, "reason");
    requireNonNull(edges, "edges");
    requireNonNull(zone, "zone");
    services = Collections.unmodifiableSet(new TreeSet<>(services));
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank");
    }
  }

  /** A window for every service, without a reason. */
  public static FreezeWindow of(String name, Edges edges, ZoneId zone) {
    return new FreezeWindow(name, "", Set.of(), edges, zone);
  }

  /** This one with a reason for people. */
  public FreezeWindow because(String why) {
    return new FreezeWindow(name, why, services, edges, zone);
  }

  /** This one for these services only. */
  public FreezeWindow only(String... names) {
    return new FreezeWindow(name, reason, Set.of(names), edges, zone);
  }

  /** Whether it stops deploys of this service. */
  public boolean concerns(String service) {
    return services.isEmpty() || services.contains(service);
  }

  /** Since when and until when it is in force, or empty if it is not at this moment. */
  public Optional<Frozen> at(Instant moment) {
    Optional<Frozen> window =
        edges instanceof Once once
            ? Optional.of(new Frozen(instant(once.from(), false), instant(once.until(), true)))
            : latest((Recurring) edges, moment);
    return window.filter(
        frozen -> !moment.isBefore(frozen.from()) && moment.isBefore(frozen.until()));
  }

  /** The window that began last. Clocks are never set back by more than a day. */
  private Optional<Frozen> latest(Recurring recurring, Instant moment) {
    Optional<LocalDateTime> begin =
        recurring.from().last(LocalDateTime.ofInstant(moment, zone).plusDays(1));
    while (begin.filter(local -> instant(local, false).isAfter(moment)).isPresent()) {
      begin = recurring.from().last(begin.get().minusMinutes(1));
    }
    return begin.flatMap(
        from ->
            recurring
                .until()
                .next(from.plusMinutes(1))
                .map(until -> new Frozen(instant(from, false), instant(until, true))));
  }

  private Instant instant(LocalDateTime local, boolean isEnd) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    if (change == null) {
      return local.toInstant(zone.getRules().getOffset(local));
    }
    if (change.isGap()) {
      return change.getInstant();
    }
    return local.toInstant(isEnd ? change.getOffsetAfter() : change.getOffsetBefore());
  }
}
