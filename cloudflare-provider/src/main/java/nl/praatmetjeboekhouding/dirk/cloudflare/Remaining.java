package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** What is left of a call's time while several requests share it. */
final class Remaining {

  private final CallContext whole;
  private final TimeSource time;
  private final long start;

  Remaining(CallContext whole, TimeSource time) {
    this.whole = whole;
    this.time = time;
    start = time.nanoTime();
  }

  /** For the next request. */
  CallContext call() {
    Duration left = left();
    if (left.isZero()) {
      throw ProviderException.of(
          FailureKind.NOT_SENT,
          "Cloudflare was not asked: the call's "
              + whole.timeout().toMillis()
              + " ms are over; give it more time");
    }
    return whole.within(left);
  }

  /** How much time is left; zero if it is over. */
  Duration left() {
    Duration left = whole.timeout().minusNanos(time.nanoTime() - start);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
