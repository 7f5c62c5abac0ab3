package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.util.function.Function;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * Reads as patiently as effects are settled, for where giving up would cost more than waiting: once
 * traffic has moved, and on the way back.
 *
 * @param atMost how long a vendor that cannot be asked is waited for
 */
record Patience(Duration atMost) {

  /** Asks once. */
  static final Patience NONE = new Patience(Duration.ZERO);

  private static final Duration EVERY = Duration.ofSeconds(5);

  /**
   * What the vendor says.
   *
   * @throws ProviderException if it refuses, or could not be asked for too long
   */
  <T> T read(LedgerPauses pauses, Function<CallContext, T> question) {
    long began = pauses.nanoTime();
    while (true) {
      try {
        return question.apply(pauses.call(Looks.CALL));
      } catch (ProviderException e) {
        pauses.stopIfDetached();
        Duration waited = Duration.ofNanos(pauses.nanoTime() - began);
        Duration wait = wait(e);
        if (isFinal(e) || waited.plus(wait).compareTo(atMost) > 0) {
          throw e;
        }
        pauses.pause("the vendor cannot be asked: " + e.getMessage(), wait);
      }
    }
  }

  private static Duration wait(ProviderException failure) {
    return failure.retryAfter().filter(asked -> asked.compareTo(EVERY) > 0).orElse(EVERY);
  }

  /** Whether asking again would be answered in the same way. */
  static boolean isFinal(ProviderException failure) {
    return failure.kind().changedNothing()
        && failure.kind() != FailureKind.THROTTLED
        && failure.kind() != FailureKind.NOT_SENT;
  }
}
