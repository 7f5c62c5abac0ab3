package nl.praatmetjeboekhouding.dirk.command;

import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Waits for what must be brought to its end although somebody interrupts this thread; the interrupt
 * is kept and handed back on close.
 */
final class Patience implements AutoCloseable {

  private final TimeSource time;
  private boolean interrupted = Thread.interrupted();

  Patience(TimeSource time) {
    this.time = time;
  }

  long nanoTime() {
    return time.nanoTime();
  }

  void pause(Duration wait) {
    time.pause(wait, Cancellation.create());
    interrupted |= Thread.interrupted();
  }

  @Override
  public void close() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
