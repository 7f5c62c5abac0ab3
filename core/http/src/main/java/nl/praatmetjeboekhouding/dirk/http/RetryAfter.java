package nl.praatmetjeboekhouding.dirk.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;

/**
 * How long a {@code Retry-After} header asks to wait: seconds, or a date in one of HTTP's three
 * forms (RFC 9110, 10.2.3 and 5.6.7).
 */
final class RetryAfter {

  private static final String NAME = "retry-after";

  private RetryAfter() {}

  /** The wait from {@code now}, never negative, or empty if the header is absent or nonsense. */
  static Optional<Duration> of(Map<String, String> headers, Instant now) {
    return Optional.ofNullable(headers.get(NAME))
        .flatMap(value -> parsed(value.trim(), now))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  private static Optional<Duration> parsed(String value, Instant now) {
    if (value.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    return Optional.ofNullable(Headers.of(NAME, value).getInstant(NAME))
        .map(date -> Duration.between(now, date));
  }
}
