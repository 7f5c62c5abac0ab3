package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One rule of an ignore file.
 *
 * @param takesBack whether what it matches is not left out after all
 * @param glob what it matches, where a folder ends with a slash
 */
record IgnoreRule(boolean takesBack, IgnoreGlob glob) {

  private static final Pattern TRAILING_BLANKS = Pattern.compile("\\\\?\\s+$");

  /** The rule of a line, or empty if the line says nothing. */
  static Optional<IgnoreRule> of(String line) {
    String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
    if (text.isBlank() || text.startsWith("#") || endsInLooseBackslash(text)) {
      return Optional.empty();
    }
    boolean takesBack = text.startsWith("!");
    String glob =
        TRAILING_BLANKS
            .matcher(takesBack ? text.substring(1) : text)
            .replaceFirst(blanks -> blanks.group().startsWith("\\") ? "\\\\ " : "");
    return Optional.of(new IgnoreRule(takesBack, new IgnoreGlob(glob)));
  }

  boolean matches(String path) {
    return glob.matches(path);
  }

  private static boolean endsInLooseBackslash(String text) {
    return text.endsWith("\\") && !text.endsWith("\\\\");
  }
}
