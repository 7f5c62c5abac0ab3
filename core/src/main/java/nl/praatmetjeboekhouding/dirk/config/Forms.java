package nl.praatmetjeboekhouding.dirk.config;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The forms that a text may have to have. Each throws IllegalArgumentException with what the text
 * must be; the text itself is never in the message. {@code docs/dirk.schema.json} says the same.
 */
final class Forms {

  private static final Pattern SERVICE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern POINTER = Pattern.compile("(?:/(?:[^~/]|~[01])*)+");
  private static final Pattern LABEL = Pattern.compile("[^\\p{Cntrl}\\x80-\\x9F]{1,100}");
  private static final Pattern INSIDE =
      Pattern.compile("(?!/)(?!(?:[^/]*/)*\\.\\.(?![^/]))[^\\\\\\x00]+");

  private static final Pattern PERCENT =
      Pattern.compile("(100(?:\\.0{1,6})?|[0-9]{1,2}(?:\\.[0-9]{1,6})?) ?%");
  private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,3})([mhd])");
  private static final Pattern DATE_TIME =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}");

  /** The host is a name, an IPv4 address, or an IPv6 address in brackets. */
  private static final Pattern HTTP =
      Pattern.compile(
          "https?://(?:(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)*"
              + "[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.?"
              + "|[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+\\])"
              + "(?::[1-9][0-9]{0,4})?"
              + "(?:[/?](?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?");

  private static final int LAST_PORT = 65_535;
  private static final Duration LONGEST_SPAN = Duration.ofDays(366);

  private Forms() {}

  /** A text with something in it. */
  static String filled(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("something, not an empty text");
    }
    return text;
  }

  /** A text that names no secret, where none may stand. */
  static String noSecret(String text) {
    if (SecretReference.isHinted(text)) {
      throw new IllegalArgumentException(
          "the text itself: " + SecretReference.FORM + " is for secrets only");
    }
    return text;
  }

  /** The name of the secret that the text names. */
  static String secret(String text) {
    return SecretReference.name(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    SecretReference.FORM
                        + ", for it is a secret: its value may not stand in a file"));
  }

  static String service(String text) {
    return matching(
        SERVICE,
        text,
        "a name of lower-case letters, digits, dots, hyphens and underscores, at most 63 characters");
  }

  static String variable(String text) {
    return matching(VARIABLE, text, "the name of a variable: letters, digits and underscores");
  }

  static String id(String text) {
    return matching(ID, text, "an id of lower-case letters, digits and hyphens");
  }

  static String header(String text) {
    return matching(HEADER, text, "the name of an HTTP header");
  }

  static String pointer(String text) {
    return matching(POINTER, text, "a JSON pointer such as /version");
  }

  static String label(String text) {
    return matching(LABEL, text, "one line of at most 100 characters");
  }

  /** A path that stays in its folder. */
  static String inside(String text) {
    String form = "relative, with forward slashes and without \"..\"";
    if (path(matching(INSIDE, text, form)).isAbsolute()) {
      throw new IllegalArgumentException(form);
    }
    return text;
  }

  static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "a regular expression; this one is wrong near character %d: %s"
              .formatted(e.getIndex() + 1, e.getDescription()),
          e);
    }
  }

  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("a path that this machine can name", e);
    }
  }

  static Duration duration(String text) {
    return Durations.parse(text).orElseThrow(() -> new IllegalArgumentException(Durations.FORM));
  }

  /** A share of all: 0 % to 100 %. */
  static BigDecimal percent(String text) {
    Matcher parts = PERCENT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a share from \"0 %\" to \"100 %\", such as \"20 %\"");
    }
    return new BigDecimal(parts.group(1));
  }

  /** A share that leaves something to miss it by. */
  static BigDecimal goal(String text) {
    BigDecimal goal = percent(text);
    if (goal.compareTo(BigDecimal.valueOf(100)) >= 0) {
      throw new IllegalArgumentException(
          "less than \"100 %\": nothing may ever go wrong otherwise");
    }
    return goal;
  }

  /** A time that may be longer than a day: minutes, hours or days, at most 366 days. */
  static Duration span(String text) {
    Matcher parts = SPAN.matcher(text);
    Optional<Duration> span =
        parts.matches()
            ? Optional.of(unit(parts.group(2)).multipliedBy(Long.parseLong(parts.group(1))))
            : Optional.empty();
    return span.filter(time -> time.compareTo(LONGEST_SPAN) <= 0)
        .orElseThrow(
            () -> new IllegalArgumentException("a time such as 90m, 4h or 30d, at most 366d"));
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> Duration.ofDays(1);
    };
  }

  /** Whether the text looks like a date with a time. */
  static boolean isDateTime(String text) {
    return DATE_TIME.matcher(text).matches();
  }

  /** A date with a time, as clocks on the wall show it. */
  static LocalDateTime dateTime(String text) {
    String form = "a date and a time that there are, such as 2026-12-20T00:00";
    try {
      return LocalDateTime.parse(matching(DATE_TIME, text, form));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(form, e);
    }
  }

  /** An absolute URI. */
  static URI uri(String text) {
    String form = "an absolute URI without user name and password";
    try {
      URI uri = new URI(text);
      if (uri.isAbsolute() && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(form, e);
    }
    throw new IllegalArgumentException(form);
  }

  static URI http(String text) {
    String form = "an http or https URL, without user name, password and fragment";
    try {
      URI uri = new URI(matching(HTTP, text, form));
      if (uri.getHost() != null && uri.getPort() <= LAST_PORT) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(form, e);
    }
    throw new IllegalArgumentException(form);
  }

  private static String matching(Pattern pattern, String text, String form) {
    if (pattern.matcher(text).matches()) {
      return text;
    }
    throw new IllegalArgumentException(form);
  }
}
