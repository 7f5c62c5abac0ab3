package nl.praatmetjeboekhouding.dirk.time;

import java.time.Duration;
import java.time.InstantSource;

/**
 * The only source of time and the only way to wait. Stamps come from {@link #instant()},
 * measurements from {@link #nanoTime()}, waiting from {@link #pause}. Safe for use by several
 * threads.
 */
public interface TimeSource extends InstantSource {

  /** The clock of this machine. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }

  /** A reading in nanoseconds that only grows; only differences mean something. */
  long nanoTime();

  /**
   * Waits. An interrupt of the waiting thread detaches: it calls {@link Cancellation#detach}, keeps
   * the thread's interrupt flag set and returns.
   *
   * @param wait how long; zero or negative returns at once
   * @return true if the time passed in full, false if {@code cancellation} stopped the wait
   */
  boolean pause(Duration wait, Cancellation cancellation);
}
