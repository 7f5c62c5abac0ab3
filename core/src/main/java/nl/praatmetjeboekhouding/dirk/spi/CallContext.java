package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;

/**
 * What goes with every call to a provider.
 *
 * @param timeout how long the call may take in all, its retries of reads included; positive
 * @param cancellation ends the call early: it then fails with {@link
 *     nl.praatmetjeboekhouding.dirk.error.FailureKind#STOPPED}
 */
public record CallContext(Duration timeout, Cancellation cancellation) {

  /** Checks that the timeout is positive. */
  public CallContext {
    requireNonNull(timeout, "timeout");
    requireNonNull(cancellation, "cancellation");
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
  }

  /** A call that nobody cancels. */
  public static CallContext of(Duration timeout) {
    return new CallContext(timeout, Cancellation.create());
  }
}
