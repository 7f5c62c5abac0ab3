package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Sends a write that broke down again, three times in all, but only after a look whether it took
 * effect. For calls outside of a runbook, which does the same with more patience and better memory.
 */
final class Repeats {

  private static final int ATTEMPTS = 3;
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final CallContext call;
  private final TimeSource time;

  Repeats(CallContext call, TimeSource time) {
    this.call = call;
    this.time = time;
  }

  /**
   * What the write made.
   *
   * @param look what a write made that seemed to fail, or empty if it took no effect and may be
   *     sent again; throws if that is not to be known
   */
  <T> T send(Supplier<T> write, Function<ProviderException, Optional<T>> look) {
    for (int attempt = 1; ; attempt++) {
      try {
        return write.get();
      } catch (ProviderException failure) {
        Duration pause = failure.retryAfter().orElse(PAUSE.multipliedBy(attempt));
        if (attempt == ATTEMPTS || !passes(failure.kind()) || isTooLong(pause)) {
          throw failure;
        }
        time.pause(pause, call.cancellation());
        Optional<T> made = failure.kind().changedNothing() ? Optional.empty() : look(look, failure);
        if (made.isPresent()) {
          return made.get();
        }
      }
    }
  }

  /** What is not to be known does not hide why it is asked. */
  private static <T> Optional<T> look(
      Function<ProviderException, Optional<T>> look, ProviderException failure) {
    try {
      return look.apply(failure);
    } catch (RuntimeException e) {
      if (e != failure) {
        e.addSuppressed(failure);
      }
      throw e;
    }
  }

  private static boolean passes(FailureKind kind) {
    return switch (kind) {
      case NOT_SENT, THROTTLED, UNAVAILABLE, TIMEOUT, BROKEN_OFF -> true;
      default -> false;
    };
  }

  private static boolean isTooLong(Duration pause) {
    return pause.compareTo(LONGEST_PAUSE) > 0;
  }
}
