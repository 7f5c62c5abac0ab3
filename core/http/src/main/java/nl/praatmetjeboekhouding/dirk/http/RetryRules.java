package nl.praatmetjeboekhouding.dirk.http;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.util.EnumSet;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/** What is sent again, and how often. Decides only; nothing here waits. */
final class RetryRules {

  /** How often something is sent at most. */
  static final int ATTEMPTS = 3;

  private static final Set<FailureKind> PASSING =
      EnumSet.of(
          FailureKind.NOT_SENT,
          FailureKind.UNAVAILABLE,
          FailureKind.TIMEOUT,
          FailureKind.BROKEN_OFF,
          FailureKind.THROTTLED);

  private final Retry repeated;
  private final Retry once;

  RetryRules(BackOff backOff) {
    repeated = retry(ATTEMPTS, backOff);
    once = retry(1, backOff);
  }

  /**
   * Decides for one request. Its blocking form would sleep through a static function of its own;
   * this one only says how long to wait, or less than zero for no further attempt.
   */
  Retry.AsyncContext<ApiAnswer> begin(boolean repeatable) {
    return (repeatable ? repeated : once).asyncContext();
  }

  private static Retry retry(int attempts, BackOff backOff) {
    RetryConfig config =
        RetryConfig.<ApiAnswer>custom()
            .maxAttempts(attempts)
            .intervalBiFunction(backOff)
            .retryOnException(RetryRules::mayPass)
            .build();
    return Retry.of("api", config);
  }

  private static boolean mayPass(Throwable thrown) {
    return thrown instanceof NotJson
        || (thrown instanceof ProviderException failure && PASSING.contains(failure.kind()));
  }
}
