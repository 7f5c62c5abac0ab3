package nl.praatmetjeboekhouding.dirk.http;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Sends a request until it is answered, the attempts are used up or the call's time is over. What
 * may not be repeated is sent once.
 */
final class Attempts {

  private static final Set<FailureKind> PASSING =
      EnumSet.of(
          FailureKind.NOT_SENT,
          FailureKind.UNAVAILABLE,
          FailureKind.TIMEOUT,
          FailureKind.BROKEN_OFF,
          FailureKind.THROTTLED);

  private final Exchange exchange;
  private final Duration attemptTimeout;
  private final TimeSource time;
  private final Retry repeated = retry(3);
  private final Retry once = retry(1);

  Attempts(Exchange exchange, Duration attemptTimeout, TimeSource time) {
    this.exchange = exchange;
    this.attemptTimeout = attemptTimeout;
    this.time = time;
  }

  ApiAnswer send(Question question, boolean repeatable, CallContext call) {
    Retry.AsyncContext<ApiAnswer> attempts =
        (repeatable ? repeated : once).<ApiAnswer>asyncContext();
    long begin = time.nanoTime();
    Duration left = call.timeout();
    while (true) {
      if (call.cancellation().isStopped()) {
        throw question.failed(FailureKind.STOPPED, "stopped by the caller", null);
      }
      try {
        Duration timeout = CallTimeout.shorter(left, attemptTimeout);
        ApiAnswer answer = exchange.send(question, timeout, call.cancellation());
        attempts.onComplete();
        return answer;
      } catch (ProviderException failure) {
        long delay = attempts.onError(failure);
        Duration wait =
            longer(Duration.ofMillis(delay), failure.retryAfter().orElse(Duration.ZERO));
        left = call.timeout().minusNanos(time.nanoTime() - begin).minus(wait);
        if (delay < 0 || left.isNegative() || left.isZero()) {
          throw failure;
        }
        time.pause(wait, call.cancellation());
      }
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private static Retry retry(int attempts) {
    return Retry.of(
        "api",
        RetryConfig.custom()
            .maxAttempts(attempts)
            .waitDuration(Duration.ofMillis(500))
            .retryOnException(
                thrown ->
                    thrown instanceof ProviderException failure && PASSING.contains(failure.kind()))
            .build());
  }
}
