package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.time.Duration;
import java.time.Instant;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Time in which a wait takes a whole number of half seconds, so that the random part of the waits
 * between attempts does not show.
 */
record HalfSeconds(TimeSource time) implements TimeSource {

  private static final long HALF = 500;

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
    return time.pause(Duration.ofMillis((wait.toMillis() + HALF - 1) / HALF * HALF), cancellation);
  }
}
