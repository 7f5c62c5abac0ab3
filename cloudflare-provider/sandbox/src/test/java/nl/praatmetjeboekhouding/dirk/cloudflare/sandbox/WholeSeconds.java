package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.time.Duration;
import java.time.Instant;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Time in which a wait takes whole seconds, so that the random part of the waits between attempts
 * does not show.
 */
record WholeSeconds(TimeSource time) implements TimeSource {

  @Override
  public Instant instant() {
    return time.instant();
  }

  @Override
  public long nanoTime() {
    return time.nanoTime();
  }

  @Override
  public boolean pause(Duration wait, Cancellation cancellation) {
    return time.pause(Duration.ofSeconds((wait.toMillis() + 999) / 1000), cancellation);
  }
}
