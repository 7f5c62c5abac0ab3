package nl.praatmetjeboekhouding.dirk.config;

/** Names as they stand in messages: on one line and not too long, whatever somebody wrote. */
final class Shown {

  private static final int LONGEST = 80;

  private Shown() {}

  /** The name, cut if it is long, with every control and formatting character written out. */
  static String name(String written) {
    StringBuilder shown = new StringBuilder();
    written.codePoints().limit(LONGEST).forEach(letter -> append(shown, letter));
    return written.codePointCount(0, written.length()) > LONGEST
        ? shown.append("...").toString()
        : shown.toString();
  }

  private static void append(StringBuilder shown, int letter) {
    switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          shown.append(String.format(java.util.Locale.ROOT, "\\u%04X", letter));
      default -> shown.appendCodePoint(letter);
    }
  }
}
