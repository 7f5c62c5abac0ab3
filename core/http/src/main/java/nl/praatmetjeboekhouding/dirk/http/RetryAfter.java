package nl.praatmetjeboekhouding.dirk.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/** How long a {@code Retry-After} header asks to wait: seconds or a date (RFC 9110, 10.2.3). */
final class RetryAfter {

  private RetryAfter() {}

  /** The wait from {@code now}, never negative, or empty if the header is absent or nonsense. */
  static Optional<Duration> of(Map<String, String> headers, Instant now) {
    return Optional.ofNullable(headers.get("retry-after"))
        .flatMap(value -> parsed(value.trim(), now))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  private static Optional<Duration> parsed(String value, Instant now) {
    if (value.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(Duration.between(now, date));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
