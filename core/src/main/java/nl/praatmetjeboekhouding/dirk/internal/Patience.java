package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
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
  private static final Duration TURN = Duration.ofMinutes(30);

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

  /**
   * What a question comes to that is asked before anything was begun: a vendor that takes no more
   * requests for the time being is waited for, up to half an hour.
   *
   * @throws ProviderException if it could not be asked for another reason, or for too long
   */
  static <T> T inTurn(LedgerPauses pauses, Supplier<T> question) {
    long began = pauses.nanoTime();
    while (true) {
      try {
        return question.get();
      } catch (ProviderException e) {
        pauses.stopIfDetached();
        Duration waited = Duration.ofNanos(pauses.nanoTime() - began);
        Duration wait = wait(e);
        if (e.kind() != FailureKind.THROTTLED || waited.plus(wait).compareTo(TURN) > 0) {
          throw e;
        }
        pauses.pause("its turn has not come: " + e.getMessage(), wait);
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
