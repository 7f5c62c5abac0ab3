package nl.praatmetjeboekhouding.dirk.journal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.regex.Pattern;

/** What callers may pass. */
final class Names {

  private static final Pattern KIND = Pattern.compile("[a-z][a-z-]*");
  private static final Pattern STREAM = Pattern.compile("[a-z][a-z-]*:\\S+");

  private Names() {}

  static void kind(String kind) {
    require(KIND.matcher(requireNonNull(kind, "kind")).matches(), "kind", kind);
  }

  static void stream(String stream) {
    require(STREAM.matcher(requireNonNull(stream, "stream")).matches(), "stream", stream);
  }

  static void ttl(Duration ttl) {
    require(!requireNonNull(ttl, "ttl").isNegative() && !ttl.isZero(), "ttl", ttl);
  }

  private static void require(boolean right, String name, Object value) {
    if (!right) {
      String must =
          switch (name) {
            case "kind" -> "lower-case letters and hyphens";
            case "stream" -> "KIND:NAME without spaces";
            default -> "positive";
          };
      throw new IllegalArgumentException("%s must be %s: %s".formatted(name, must, value));
    }
  }
}
