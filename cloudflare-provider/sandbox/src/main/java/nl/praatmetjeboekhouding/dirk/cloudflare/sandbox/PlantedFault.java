package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A fault in place. Safe for use by several threads. */
public final class PlantedFault {

  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private int spared;
  private int left;
  private int hits;
  private Runnable hook = () -> {};

  PlantedFault(int spared, int times) {
    this.spared = spared;
    this.left = times;
  }

  /** How many requests it has met. */
  public synchronized int hits() {
    return hits;
  }

  /** Meets no more requests. Those that hang go on hanging. */
  public synchronized void remove() {
    left = 0;
  }

  /** Lets go of the requests that hang, and of those to come. */
  public void release() {
    released.countDown();
  }

  /** Does this too when it meets a request, on the thread that answers, before anything else. */
  public synchronized void onHit(Runnable action) {
    hook = requireNonNull(action, "action");
  }

  /**
   * Waits, by the real clock, until it has met a request.
   *
   * @return whether it has
   */
  public boolean awaitHit(Duration atMost) throws InterruptedException {
    return arrived.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  boolean take() {
    Runnable action;
    synchronized (this) {
      if (left == 0) {
        return false;
      }
      if (spared > 0) {
        spared--;
        return false;
      }
      left--;
      hits++;
      action = hook;
    }
    action.run();
    arrived.countDown();
    return true;
  }

  /** Waits for the release; false if the server was closed meanwhile. */
  boolean awaitRelease() {
    try {
      released.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
