package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Time that passes only where somebody waits, and a clock on the wall that can be set. What the
 * world has planned happens by time, not by that clock. For one thread.
 */
final class WorldTime implements TimeSource {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private record Planned(long at, long order, Runnable action) {}

  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(Comparator.comparingLong(Planned::at).thenComparingLong(Planned::order));
  private long nanos;
  private long set;
  private long order;

  @Override
  public Instant instant() {
    return BEGIN.plusNanos(nanos + set);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  /** Sets the clock on the wall forward, or back. */
  void step(Duration by) {
    set += by.toNanos();
  }

  /** Does something in a while. */
  void after(long wait, Runnable action) {
    planned.add(new Planned(nanos + wait, order++, action));
  }

  void pass(Duration wait) {
    pass(wait.toNanos());
  }

  void pass(long wait) {
    long end = nanos + Math.max(0, wait);
    while (true) {
      Planned next = planned.peek();
      if (next == null || next.at() > end) {
        break;
      }
      planned.remove();
      nanos = Math.max(nanos, next.at());
      next.action().run();
    }
    nanos = Math.max(nanos, end);
  }

  @Override
  public boolean pause(Duration wait, Cancellation cancellation) {
    if (cancellation.isStopped()) {
      return false;
    }
    pass(wait);
    return true;
  }
}
