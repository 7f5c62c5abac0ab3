package nl.praatmetjeboekhouding.dirk.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The forms that a text may have to have. Each throws IllegalArgumentException with what the text
 * must be; the text itself is never in the message.
 */
final class Forms {

  static final Pattern SERVICE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern POINTER = Pattern.compile("(?:/(?:[^~/]|~[01])*)+");
  private static final Pattern INSIDE =
      Pattern.compile("(?!/)(?!(?:.*/)?\\.\\.(?:/|$))[^\\\\\\u0000]+");
  private static final Pattern HTTP =
      Pattern.compile(
          "https?://(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?"
              + "(?:[/?][A-Za-z0-9._~:/?@!$&'()*+,;=%-]*)?");

  private Forms() {}

  static String id(String text) {
    return matching(ID, text, "an id of lower-case letters, digits and hyphens");
  }

  static String header(String text) {
    return matching(HEADER, text, "the name of an HTTP header");
  }

  static String pointer(String text) {
    return matching(POINTER, text, "a JSON pointer such as /version");
  }

  /** A path that stays in its folder. */
  static String inside(String text) {
    return matching(INSIDE, text, "relative, with forward slashes and without \"..\"");
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
    if (text.indexOf('\u0000') >= 0) {
      throw new IllegalArgumentException("a path");
    }
    return Path.of(text);
  }

  static URI http(String text) {
    String form = "an http or https URL, without user name, password and fragment";
    try {
      URI uri = new URI(matching(HTTP, text, form));
      if (uri.getHost() != null) {
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
