package nl.praatmetjeboekhouding.dirk.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** The leases of a {@link MemoryJournal}, which lets one thread in at a time. */
final class MemoryLeases {

  private record Standing(Lease lease, long endNanos, boolean released) {}

  private final TimeSource time;
  private final Map<String, Standing> standings = new HashMap<>();

  MemoryLeases(TimeSource time) {
    this.time = time;
  }

  Lease acquire(String resource, String holder, String reason, Duration ttl) {
    holder(resource)
        .filter(lease -> !lease.holder().equals(holder))
        .ifPresent(
            lease -> {
              throw new JournalException(
                  Kind.LEASED,
                  "%s is held by %s (%s) since %s, until %s unless it is renewed."
                      .formatted(
                          resource, lease.holder(), lease.reason(), lease.since(), lease.until()));
            });
    Standing before = standings.get(resource);
    long epoch = before == null ? 1 : before.lease().epoch() + 1;
    Instant now = time.instant();
    return stand(new Lease(resource, epoch, holder, reason, now, now.plus(positive(ttl))), ttl);
  }

  Lease renew(Lease lease, Duration ttl) {
    Lease current = current(lease).lease();
    return stand(
        new Lease(
            current.resource(),
            current.epoch(),
            current.holder(),
            current.reason(),
            current.since(),
            time.instant().plus(positive(ttl))),
        ttl);
  }

  void release(Lease lease) {
    Standing standing = standings.get(lease.resource());
    if (standing != null && standing.lease().epoch() == lease.epoch()) {
      standings.put(
          lease.resource(), new Standing(standing.lease(), standing.endNanos(), true));
    }
  }

  Optional<Lease> holder(String resource) {
    return Optional.ofNullable(standings.get(resource))
        .filter(standing -> !standing.released() && !ranOut(standing))
        .map(Standing::lease);
  }

  /** Fails with STALE_EPOCH unless this lease holds now. */
  void check(Lease lease) {
    if (ranOut(current(lease))) {
      throw stale(lease);
    }
  }

  private Standing current(Lease lease) {
    Standing standing = standings.get(lease.resource());
    if (standing == null || standing.released() || standing.lease().epoch() != lease.epoch()) {
      throw stale(lease);
    }
    return standing;
  }

  private boolean ranOut(Standing standing) {
    return time.nanoTime() - standing.endNanos() >= 0;
  }

  private Lease stand(Lease lease, Duration ttl) {
    standings.put(lease.resource(), new Standing(lease, time.nanoTime() + ttl.toNanos(), false));
    return lease;
  }

  private static Duration positive(Duration ttl) {
    if (ttl.isNegative() || ttl.isZero()) {
      throw new IllegalArgumentException("ttl must be positive: " + ttl);
    }
    return ttl;
  }

  private static JournalException stale(Lease lease) {
    return new JournalException(
        Kind.STALE_EPOCH,
        "The lease on %s with epoch %d ran out, was given back or taken over."
            .formatted(lease.resource(), lease.epoch()));
  }
}
