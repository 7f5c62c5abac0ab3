package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;

/**
 * Whole numbers of TOML with nineteen digits, such as the ids that chat services give. wrangler
 * refuses them, because JavaScript has no such numbers; the reader of TOML that Dirk uses makes
 * other numbers of them without a word, so that they are looked for in the text.
 */
final class LongNumbers {

  private static final int DIGITS = 19;

  private final String source;
  private final String toml;
  private int at;

  private LongNumbers(String source, String toml) {
    this.source = source;
    this.toml = toml;
  }

  /**
   * Refuses the first.
   *
   * @param source what people call the file
   */
  static void refuse(String source, String toml) {
    LongNumbers numbers = new LongNumbers(source, toml);
    while (numbers.at < toml.length()) {
      numbers.token();
    }
  }

  private void token() {
    char first = toml.charAt(at);
    if (first == '#') {
      int end = toml.indexOf('\n', at);
      at = end < 0 ? toml.length() : end;
    } else if (first == '"' || first == '\'') {
      String quote = String.valueOf(first);
      boolean lines = toml.startsWith(quote.repeat(3), at);
      text(lines ? quote.repeat(3) : quote);
    } else if (isPartOfWord(first)) {
      word();
    } else {
      at++;
    }
  }

  /** A text up to its closing quotes; what is not closed is for the reader to find. */
  private void text(String quotes) {
    boolean escapes = quotes.startsWith("\"");
    at += quotes.length();
    while (at < toml.length() && !toml.startsWith(quotes, at)) {
      at += escapes && toml.charAt(at) == '\\' ? 2 : 1;
    }
    at += quotes.length();
  }

  private void word() {
    int start = at;
    while (at < toml.length() && isPartOfWord(toml.charAt(at))) {
      at++;
    }
    String word = toml.substring(start, at);
    if (isLong(word) && !isKey()) {
      String before = toml.substring(0, start);
      int line = (int) before.chars().filter(letter -> letter == '\n').count() + 1;
      int column = start - before.lastIndexOf('\n');
      throw new ConfigurationException(
          List.of(new Fault(source, line, column, word + Plain.BEYOND_DOUBLE)));
    }
  }

  private boolean isKey() {
    int next = at;
    while (next < toml.length() && (toml.charAt(next) == ' ' || toml.charAt(next) == '\t')) {
      next++;
    }
    return next < toml.length() && toml.charAt(next) == '=';
  }

  private static boolean isPartOfWord(char letter) {
    return Character.isLetterOrDigit(letter) || "_.:+-".indexOf(letter) >= 0;
  }

  private static boolean isLong(String word) {
    String digits = word.replaceFirst("^[+-]", "").replace("_", "");
    return digits.length() == DIGITS
        && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }
}
