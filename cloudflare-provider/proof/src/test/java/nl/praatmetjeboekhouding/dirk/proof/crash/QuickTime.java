package nl.praatmetjeboekhouding.dirk.proof.crash;

import java.time.Duration;
import java.time.Instant;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Time that runs faster than this machine's clock, and alike in all processes that are given the
 * same beginning: a settle window of half a minute passes in seconds.
 */
final class QuickTime implements TimeSource {

  private static final int FACTOR = 8;

  private final Instant beginning;
  private Duration skipped;

  private QuickTime(Instant beginning, Duration skipped) {
    this.beginning = beginning;
    this.skipped = skipped;
  }

  /** Time that is now what the clock says, and goes ahead of it from here on. */
  static QuickTime create() {
    return new QuickTime(Instant.now(), Duration.ZERO);
  }

  /** The time of another process as its {@link #toString()} told it. */
  static QuickTime of(String told) {
    String[] parts = told.split("/", 2);
    return new QuickTime(Instant.parse(parts[0]), Duration.parse(parts[1]));
  }

  /** Leaves out this much time; processes that began before do not notice. */
  synchronized void skip(Duration time) {
    skipped = skipped.plus(time);
  }

  @Override
  public synchronized Instant instant() {
    Duration gone = Duration.between(beginning, Instant.now());
    return beginning.plus(gone.multipliedBy(FACTOR)).plus(skipped);
  }

  @Override
  public synchronized long nanoTime() {
    return System.nanoTime() * FACTOR + skipped.toNanos();
  }

  @Override
  public boolean pause(Duration wait, Cancellation cancellation) {
    return TimeSource.system().pause(wait.dividedBy(FACTOR), cancellation);
  }

  @Override
  public synchronized String toString() {
    return beginning + "/" + skipped;
  }
}
