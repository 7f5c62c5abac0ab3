package nl.praatmetjeboekhouding.dirk.internal;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews leases while a run is busy with something long, and nothing else. It does not wait in the
 * run's time, because a build takes as long as it takes whatever a test's clock says.
 */
final class LeaseKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
  private static final long EVERY = Leases.TTL.toMillis() / 6;

  /** Ends the keeping of one run's leases. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  private final ScheduledExecutorService executor;

  LeaseKeeper(ScheduledExecutorService executor) {
    this.executor = executor;
  }

  /** Core's one thread: a daemon, and there only while a run is. */
  static ScheduledExecutorService ownThread() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "dirk-leases");
              thread.setDaemon(true);
              return thread;
            });
    executor.setKeepAliveTime(1, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  Watch watch(Leases leases) {
    try {
      ScheduledFuture<?> renewal =
          executor.scheduleWithFixedDelay(() -> renew(leases), EVERY, EVERY, TimeUnit.MILLISECONDS);
      return () -> renewal.cancel(false);
    } catch (RejectedExecutionException e) {
      throw new ConfigurationException(
          "the executor",
          "takes no more work, so that leases cannot be renewed: " + e.getMessage());
    }
  }

  private static void renew(Leases leases) {
    try {
      leases.renewDue();
    } catch (JournalException e) {
      LOG.warn("A lease was not renewed; the run notices at its next step: {}", e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("A journal broke its contract when a lease was due; it is tried again", e);
    }
  }
}
