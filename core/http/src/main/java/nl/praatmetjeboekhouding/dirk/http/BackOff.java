package nl.praatmetjeboekhouding.dirk.http;

import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.core.functions.Either;
import java.time.Duration;
import java.util.random.RandomGenerator;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/**
 * How long to wait after a failed attempt: half a second, then twice as long each time, of which a
 * random half is left out so that those who failed together do not come back together. What the
 * vendor asks to wait comes on top.
 */
final class BackOff implements IntervalBiFunction<ApiAnswer> {

  private static final long FIRST = Duration.ofMillis(500).toMillis();
  private static final long LONGEST = Duration.ofSeconds(30).toMillis();

  private final RandomGenerator random;

  /**
   * A back-off.
   *
   * @param random where its random part comes from; safe for use by several threads
   */
  BackOff(RandomGenerator random) {
    this.random = random;
  }

  /** The wait in milliseconds after this attempt, which is counted from 1. */
  @Override
  public Long apply(Integer attempt, Either<Throwable, ApiAnswer> end) {
    long full = Math.min(LONGEST, FIRST << Math.min(attempt - 1, 16));
    long own = full / 2 + random.nextLong(full / 2 + 1);
    return asked(end).plusMillis(own).toMillis();
  }

  private static Duration asked(Either<Throwable, ApiAnswer> end) {
    return end.isLeft() && end.getLeft() instanceof ProviderException failure
        ? failure.retryAfter().orElse(Duration.ZERO)
        : Duration.ZERO;
  }
}
