package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;

/**
 * What goes with every call to a provider.
 *
 * @param timeout how long the call may take in all, its retries of reads included; positive
 * @param cancellation ends the call early: it then fails with {@link
 *     nl.praatmetjeboekhouding.dirk.error.FailureKind#STOPPED}
 * @param audit hears of each request that left for the vendor; may be called by any thread
 */
public record CallContext(
    Duration timeout, Cancellation cancellation, Consumer<VendorRequest> audit) {

  /** Checks that the timeout is positive. */
  public CallContext {
    requireNonNull(timeout, "timeout");
    requireNonNull(cancellation, "cancellation");
    requireNonNull(audit, "audit");
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
  }

  /** A call of which nobody hears what is sent. */
  public CallContext(Duration timeout, Cancellation cancellation) {
    this(timeout, cancellation, request -> {});
  }

  /** The same for a part of it that may take so long. */
  public CallContext within(Duration part) {
    return new CallContext(part, cancellation, audit);
  }

  /** A call that nobody cancels. */
  public static CallContext of(Duration timeout) {
    return new CallContext(timeout, Cancellation.create());
  }
}
