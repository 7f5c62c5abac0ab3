package nl.praatmetjeboekhouding.dirk.testing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Time that passes only when somebody waits or says so: a pause moves the clock to its end at once,
 * and what was planned for a moment in between happens at that moment, on the thread that moves the
 * clock. Safe for use by several threads.
 */
public final class ManualTime implements TimeSource {

  private record Planned(Instant at, long order, Runnable action) {}

  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparing(Planned::order));
  private Instant now;
  private long nanos;
  private long order;

  private ManualTime(Instant start) {
    now = requireNonNull(start, "start");
  }

  /** Time that begins on 1 January 2026 at midnight UTC. */
  public static ManualTime create() {
    return startingAt(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /** Time that begins at {@code start}. */
  public static ManualTime startingAt(Instant start) {
    return new ManualTime(start);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  /** Plans an action for {@code wait} from now; it runs when the clock gets there. */
  public synchronized void after(Duration wait, Runnable action) {
    planned.add(new Planned(now.plus(wait), order++, requireNonNull(action, "action")));
  }

  /** Moves the clock, doing what was planned on the way. */
  public void advance(Duration by) {
    pause(by, Cancellation.create());
  }

  /**
   * Lets the wall clock jump, as clocks do when they are set; {@link #nanoTime()} does not notice.
   */
  public synchronized void step(Duration by) {
    now = now.plus(by);
  }

  @Override
  public boolean pause(Duration wait, Cancellation cancellation) {
    Instant end = instant().plus(wait.isNegative() ? Duration.ZERO : wait);
    while (true) {
      if (Thread.currentThread().isInterrupted()) {
        cancellation.detach("the thread was interrupted");
      }
      if (cancellation.isStopped()) {
        return false;
      }
      Planned next;
      synchronized (this) {
        next = planned.peek();
        if (next == null || next.at().isAfter(end)) {
          moveTo(end);
          return true;
        }
        planned.remove();
        moveTo(next.at());
      }
      next.action().run();
    }
  }

  private void moveTo(Instant moment) {
    if (moment.isAfter(now)) {
      nanos += Duration.between(now, moment).toNanos();
      now = moment;
    }
  }
}
