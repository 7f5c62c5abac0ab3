package nl.praatmetjeboekhouding.dirk.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them, and as ISO 8601 does. */
final class Durations {

  static final String FORM = "a duration such as 500ms, 5s, 2m, 1h or PT2M";

  private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Pattern ISO =
      Pattern.compile(
          "P(?=[0-9T])(?:[0-9]{1,9}D)?"
              + "(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}(?:\\.[0-9]{1,9})?S)?)?");

  private Durations() {}

  /** The duration, or empty if the text is none; zero is one. */
  static Optional<Duration> parse(String text) {
    Matcher parts = SHORT.matcher(text);
    if (parts.matches()) {
      long amount = Long.parseLong(parts.group(1));
      return Optional.of(
          switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
          });
    }
    return ISO.matcher(text).matches() ? Optional.of(Duration.parse(text)) : Optional.empty();
  }
}
