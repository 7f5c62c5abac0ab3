package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * The leases of one run. They are renewed by whoever calls {@link #renewDue()}: the run itself
 * wherever it works or waits, and the keeper's thread while the run is busy with something long.
 * Safe for use by several threads.
 */
final class Leases {

  static final Duration TTL = Duration.ofSeconds(60);

  /** How long a run may wait without renewing its leases. */
  static final Duration RENEWED_WITHIN = TTL.dividedBy(3);

  private static final Duration DUE = TTL.minus(RENEWED_WITHIN);

  private final Journal journal;
  private final TimeSource time;
  private final String holder;
  private final List<Lease> held = new ArrayList<>();

  Leases(Journal journal, TimeSource time, String holder) {
    this.journal = journal;
    this.time = time;
    this.holder = holder;
  }

  /** Takes all or none, in sorted order, so that two runs never wait for each other. */
  synchronized void acquire(List<String> resources, String reason) {
    List<String> sorted = resources.stream().distinct().sorted(Comparator.naturalOrder()).toList();
    List<Lease> before = List.copyOf(held);
    try {
      for (String resource : sorted) {
        add(journal.acquire(resource, holder, reason, TTL));
      }
    } catch (JournalException e) {
      try {
        release(held.stream().filter(lease -> !before.contains(lease)).toList());
      } catch (JournalException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /** Takes one, whoever holds it. */
  synchronized void preempt(String resource, String reason) {
    add(journal.preempt(resource, holder, reason, TTL));
  }

  private void add(Lease lease) {
    held.removeIf(earlier -> earlier.resource().equals(lease.resource()));
    held.add(lease);
  }

  synchronized List<Lease> held() {
    return List.copyOf(held);
  }

  /** Renews what has used up a third of its time. */
  synchronized void renewDue() {
    for (int index = 0; index < held.size(); index++) {
      Lease lease = held.get(index);
      if (left(lease).compareTo(DUE) < 0) {
        held.set(index, journal.renew(lease, TTL));
      }
    }
  }

  /** Makes sure that a call of this length ends before any lease does. */
  synchronized void cover(Duration call) {
    for (int index = 0; index < held.size(); index++) {
      Lease lease = held.get(index);
      if (left(lease).compareTo(call) < 0) {
        held.set(index, journal.renew(lease, outlasting(call)));
      }
    }
  }

  /**
   * Makes sure that all are still held, whatever is left of them, for a call of this length that
   * changes the world.
   */
  synchronized void assure(Duration call) {
    for (int index = 0; index < held.size(); index++) {
      held.set(index, journal.renew(held.get(index), outlasting(call)));
    }
  }

  private static Duration outlasting(Duration call) {
    return call.compareTo(TTL) < 0 ? TTL : call.plus(TTL);
  }

  /** Gives all of them back, also those after one that the journal does not take back. */
  synchronized void releaseAll() {
    release(List.copyOf(held));
  }

  private void release(List<Lease> leases) {
    List<JournalException> failures = new ArrayList<>();
    for (Lease lease : leases) {
      try {
        journal.release(lease);
      } catch (JournalException e) {
        failures.add(e);
      }
    }
    held.removeAll(List.copyOf(leases));
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private Duration left(Lease lease) {
    return Duration.between(time.instant(), lease.until());
  }
}
