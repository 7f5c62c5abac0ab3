package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.time.Duration;
import java.time.Instant;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * This machine's time, so much later.
 *
 * @param passed what has passed besides
 */
record LaterTime(Duration passed) implements TimeSource {

  @Override
  public Instant instant() {
    return TimeSource.system().instant().plus(passed);
  }

  @Override
  public long nanoTime() {
    return TimeSource.system().nanoTime();
  }

  @Override
  public boolean pause(Duration wait, Cancellation cancellation) {
    return TimeSource.system().pause(wait, cancellation);
  }
}
