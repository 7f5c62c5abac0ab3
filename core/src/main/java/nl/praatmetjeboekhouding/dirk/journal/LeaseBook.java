package nl.praatmetjeboekhouding.dirk.journal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Line.Change;
import nl.praatmetjeboekhouding.dirk.journal.Line.LeaseChange;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The leases as the lines tell them. How long one still holds is read from the wall clock once, when
 * its line is read; from then on it is measured with the monotonic clock, so that a wall clock that
 * is set neither frees nor lengthens it.
 */
final class LeaseBook {

  private record Standing(LeaseChange change, long endNanos) {

    Lease lease() {
      return change.lease();
    }
  }

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final TimeSource time;
  private final Liveness liveness;
  private final Map<String, Standing> standings = new HashMap<>();

  LeaseBook(TimeSource time, Liveness liveness) {
    this.time = time;
    this.liveness = liveness;
  }

  void clear() {
    standings.clear();
  }

  /** Takes up what a line tells. */
  void apply(LeaseChange change) {
    long epoch = change.lease().epoch();
    long before = epochOf(change.lease().resource());
    if (epoch != (change.change() == Change.ACQUIRED ? before + 1 : before)) {
      throw new IllegalArgumentException(
          "epoch %d of a lease follows epoch %d".formatted(epoch, before));
    }
    Duration left = Duration.between(time.instant(), change.lease().until());
    Duration held = min(max(left, Duration.ZERO), min(change.ttl(), LONGEST));
    standings.put(
        change.lease().resource(), new Standing(change, time.nanoTime() + held.toNanos()));
  }

  LeaseChange acquire(String resource, String holder, String reason, Duration ttl)
      throws IOException {
    Optional<Lease> held = holder(resource);
    if (held.isPresent() && !held.get().holder().equals(holder)) {
      throw leased(held.get());
    }
    Instant now = time.instant();
    Lease lease =
        new Lease(resource, epochOf(resource) + 1, holder, reason, now, now.plus(min(ttl, LONGEST)));
    return change(Change.ACQUIRED, lease, now);
  }

  LeaseChange renew(Lease lease, Duration ttl) {
    Lease current = current(lease.resource(), lease.epoch());
    Instant now = time.instant();
    Lease renewed =
        new Lease(
            current.resource(),
            current.epoch(),
            current.holder(),
            current.reason(),
            current.since(),
            now.plus(min(ttl, LONGEST)));
    return change(Change.RENEWED, renewed, now);
  }

  /** What giving it back changes, or empty if it is not the current one any more. */
  Optional<LeaseChange> release(Lease lease) {
    Standing standing = standings.get(lease.resource());
    if (standing == null || !isCurrent(standing, lease.epoch())) {
      return Optional.empty();
    }
    return Optional.of(change(Change.RELEASED, standing.lease(), time.instant()));
  }

  /** Fails with STALE_EPOCH unless this lease holds now. */
  void check(Lease lease) {
    current(lease.resource(), lease.epoch());
    if (ranOut(standings.get(lease.resource()))) {
      throw stale(lease.resource(), lease.epoch(), "it ran out");
    }
  }

  Optional<Lease> holder(String resource) throws IOException {
    Standing standing = standings.get(resource);
    if (standing == null
        || standing.change().change() == Change.RELEASED
        || ranOut(standing)
        || liveness.isDead(standing.change().process())) {
      return Optional.empty();
    }
    return Optional.of(standing.lease());
  }

  /** The processes whose leases have not run out yet. */
  Set<String> processes() {
    return standings.values().stream()
        .filter(standing -> !ranOut(standing))
        .map(standing -> standing.change().process())
        .collect(Collectors.toSet());
  }

  private Lease current(String resource, long epoch) {
    Standing standing = standings.get(resource);
    if (standing == null) {
      throw stale(resource, epoch, "this journal never gave it");
    }
    if (!isCurrent(standing, epoch)) {
      Lease now = standing.lease();
      throw stale(
          resource,
          epoch,
          now.epoch() == epoch
              ? "it was given back"
              : "%s took it over with epoch %d at %s"
                  .formatted(now.holder(), now.epoch(), now.since()));
    }
    return standing.lease();
  }

  private static boolean isCurrent(Standing standing, long epoch) {
    return standing.lease().epoch() == epoch && standing.change().change() != Change.RELEASED;
  }

  private boolean ranOut(@Nullable Standing standing) {
    return standing == null || time.nanoTime() - standing.endNanos() >= 0;
  }

  private long epochOf(String resource) {
    Standing standing = standings.get(resource);
    return standing == null ? 0 : standing.lease().epoch();
  }

  private LeaseChange change(Change change, Lease lease, Instant now) {
    return new LeaseChange(change, lease, now, liveness.process());
  }

  private static JournalException stale(String resource, long epoch, String why) {
    return new JournalException(
        Kind.STALE_EPOCH,
        "The lease on %s with epoch %d no longer counts: %s. Nothing was written; stop this run, or"
                .formatted(resource, epoch, why)
            + " resume it with a new lease.");
  }

  private static JournalException leased(Lease held) {
    return new JournalException(
        Kind.LEASED,
        "%s is held by %s (%s) since %s, until %s unless it is renewed. Wait, or stop that run."
            .formatted(
                held.resource(), held.holder(), held.reason(), held.since(), held.until()));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
