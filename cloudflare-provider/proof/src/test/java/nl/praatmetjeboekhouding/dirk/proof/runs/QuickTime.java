package nl.praatmetjeboekhouding.dirk.proof.runs;

import java.time.Duration;
import java.time.Instant;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Time that runs faster than this machine's clock, and alike in all processes that are given the
 * same beginning: a settle window of half a minute passes in seconds.
 */
final class QuickTime implements TimeSource {

  private final int factor;
  private final Instant beginning;
  private Duration skipped;

  private QuickTime(int factor, Instant beginning, Duration skipped) {
    this.factor = factor;
    this.beginning = beginning;
    this.skipped = skipped;
  }

  /** Time that is now what the clock says, and goes so many times as fast from here on. */
  static QuickTime create(int factor) {
    return new QuickTime(factor, Instant.now(), Duration.ZERO);
  }

  /** The time of another process as its {@link #toString()} told it. */
  static QuickTime of(String told) {
    String[] parts = told.split("/", 3);
    return new QuickTime(
        Integer.parseInt(parts[0]), Instant.parse(parts[1]), Duration.parse(parts[2]));
  }

  /** Leaves out this much time; processes that began before do not notice. */
  synchronized void skip(Duration time) {
    skipped = skipped.plus(time);
  }

  @Override
  public synchronized Instant instant() {
    Duration gone = Duration.between(beginning, Instant.now());
    return beginning.plus(gone.multipliedBy(factor)).plus(skipped);
  }

  @Override
  public synchronized long nanoTime() {
    return System.nanoTime() * factor + skipped.toNanos();
  }

  @Override
  public boolean pause(Duration wait, Cancellation cancellation) {
    return TimeSource.system().pause(wait.dividedBy(factor), cancellation);
  }

  @Override
  public synchronized String toString() {
    return factor + "/" + beginning + "/" + skipped;
  }
}
