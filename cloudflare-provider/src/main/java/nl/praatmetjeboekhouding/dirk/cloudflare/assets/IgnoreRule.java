package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One rule of an ignore file.
 *
 * @param takesBack whether what it matches is not left out after all
 * @param pattern what it matches, where a folder ends with a slash
 */
record IgnoreRule(boolean takesBack, Pattern pattern) {

  private static final Pattern TRAILING_BLANKS = Pattern.compile("\\\\?\\s+$");
  private static final String FOLDER_OR_FILE = "(?=$|/$)";

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
    int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
    return Optional.of(new IgnoreRule(takesBack, Pattern.compile(regex(glob), flags)));
  }

  boolean matches(String path) {
    return pattern.matcher(path).find();
  }

  private static boolean endsInLooseBackslash(String text) {
    return text.endsWith("\\") && !text.endsWith("\\\\");
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    int at = 0;
    if (glob.startsWith("**/") || glob.startsWith("/**/")) {
      regex.append("^(?:.*/)?");
      at = glob.indexOf("**/") + 3;
    } else if (glob.startsWith("/")) {
      regex.append('^');
      at = 1;
    } else {
      boolean anchored = glob.indexOf('/') >= 0 && glob.indexOf('/') < glob.length() - 1;
      regex.append(anchored ? "^" : "(?:^|/)");
    }
    while (at < glob.length()) {
      at = piece(glob, at, regex);
    }
    boolean whole = glob.endsWith("/**");
    return whole
        ? regex.toString()
        : regex.append(glob.endsWith("/") ? "$" : FOLDER_OR_FILE).toString();
  }

  /** Appends what stands at a place, and says where the next piece begins. */
  private static int piece(String glob, int at, StringBuilder regex) {
    char sign = glob.charAt(at);
    if (glob.startsWith("/**", at) && (at + 3 == glob.length() || glob.charAt(at + 3) == '/')) {
      regex.append(at + 3 == glob.length() ? "/.+" : "(?:/[^/]+)*");
      return at + 3;
    }
    switch (sign) {
      case '*' -> {
        int end = at;
        while (end < glob.length() && glob.charAt(end) == '*') {
          end++;
        }
        boolean alone = end == glob.length() && at > 0 && glob.charAt(at - 1) == '/';
        regex.append(alone ? "[^/]+" : "[^/]*");
        return end;
      }
      case '?' -> regex.append("[^/]");
      case '[' -> {
        return set(glob, at, regex);
      }
      case '\\' -> {
        if (at + 1 < glob.length()) {
          regex.append(Pattern.quote(glob.substring(at + 1, at + 2)));
        }
        return at + 2;
      }
      default -> regex.append(Pattern.quote(String.valueOf(sign)));
    }
    return at + 1;
  }

  /** A set of characters; one that does not end matches nothing. */
  private static int set(String glob, int at, StringBuilder regex) {
    int end = glob.indexOf(']', at + 1);
    String members = end < 0 ? "" : glob.substring(at + 1, end);
    if (members.isEmpty() || members.indexOf('/') >= 0) {
      regex.append("(?!)");
      return end < 0 ? glob.length() : end + 1;
    }
    StringBuilder set = new StringBuilder("[");
    for (int index = 0; index < members.length(); index++) {
      char from = members.charAt(index);
      boolean range = index + 2 < members.length() && members.charAt(index + 1) == '-';
      char to = range ? members.charAt(index + 2) : from;
      if (from <= to) {
        set.append(escaped(from)).append('-').append(escaped(to));
      }
      index += range ? 2 : 0;
    }
    regex.append(set.length() == 1 ? "(?!)" : set.append(']'));
    return end + 1;
  }

  private static String escaped(char sign) {
    return String.format("\\u%04x", (int) sign);
  }
}
