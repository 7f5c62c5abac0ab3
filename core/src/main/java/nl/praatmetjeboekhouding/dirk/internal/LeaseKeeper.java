package nl.praatmetjeboekhouding.dirk.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Core's one thread: renews leases while a run is busy with something long, and nothing else. It
 * does not wait in the run's time, because a build takes as long as it takes whatever a test's
 * clock says.
 */
final class LeaseKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

  /** Ends the keeping of one run's leases. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  private final Set<Leases> kept = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread;

  LeaseKeeper(ThreadFactory threads) {
    this.thread = Executors.newSingleThreadScheduledExecutor(threads);
    long every = Leases.TTL.toMillis() / 6;
    var unused = thread.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
  }

  /** A daemon thread of the platform's. */
  static ThreadFactory daemon() {
    return task -> {
      Thread thread = new Thread(task, "dirk-leases");
      thread.setDaemon(true);
      return thread;
    };
  }

  Watch watch(Leases leases) {
    kept.add(leases);
    return () -> kept.remove(leases);
  }

  private void renew() {
    for (Leases leases : kept) {
      try {
        leases.renewDue();
      } catch (JournalException e) {
        LOG.warn("A lease was not renewed; the run notices at its next step: {}", e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
