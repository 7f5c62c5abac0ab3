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
    return send(write, Optional.of(look));
  }

  /** What a write made that changes nothing more when it is done again; it is not looked for. */
  <T> T repeat(Supplier<T> write) {
    return send(write, Optional.empty());
  }

  private <T> T send(Supplier<T> write, Optional<Function<ProviderException, Optional<T>>> look) {
    Optional<ProviderException> open = Optional.empty(); // may have taken effect, nobody knows
    for (int attempt = 1; ; attempt++) {
      try {
        return write.get();
      } catch (ProviderException failure) {
        open = failure.kind().changedNothing() ? open : Optional.of(failure);
        Duration pause = failure.retryAfter().orElse(PAUSE.multipliedBy(attempt));
        if (attempt == ATTEMPTS || !passes(failure.kind()) || isTooLong(pause)) {
          throw open.map(earlier -> told(earlier, failure)).orElse(failure);
        }
        time.pause(pause, call.cancellation());
        if (look.isPresent() && open.isPresent()) {
          Optional<T> made = look(look.get(), open.get());
          if (made.isPresent()) {
            return made.get();
          }
          open = Optional.empty();
        }
      }
    }
  }

  /** What is not to be known does not hide why it is asked. */
  private static <T> Optional<T> look(
      Function<ProviderException, Optional<T>> look, ProviderException failure) {
    try {
      return look.apply(failure);
    } catch (ProviderException e) {
      throw told(failure, e);
    }
  }

  /** What may have changed something is not told as if it had not, whatever came after it. */
  private static ProviderException told(ProviderException earlier, ProviderException later) {
    if (earlier == later) {
      return later;
    }
    ProviderException.Builder both =
        ProviderException.with(
                later.kind().changedNothing() ? earlier.kind() : later.kind(),
                earlier.getMessage() + "; and then: " + later.getMessage())
            .vendorCodes(earlier.vendorCodes())
            .cause(later);
    earlier.requestId().ifPresent(both::requestId);
    later.retryAfter().ifPresent(both::retryAfter);
    ProviderException told = both.build();
    told.addSuppressed(earlier);
    return told;
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
