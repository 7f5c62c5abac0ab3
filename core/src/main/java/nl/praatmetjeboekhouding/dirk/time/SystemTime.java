package nl.praatmetjeboekhouding.dirk.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The clock of this machine. */
final class SystemTime implements TimeSource {

  static final SystemTime INSTANCE = new SystemTime();

  private SystemTime() {}

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public boolean pause(Duration wait, Cancellation cancellation) {
    CountDownLatch stopped = new CountDownLatch(1);
    try (Cancellation.Registration registration = cancellation.onStop(stopped::countDown)) {
      return !stopped.await(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancellation.detach("the thread was interrupted");
      return false;
    }
  }
}
