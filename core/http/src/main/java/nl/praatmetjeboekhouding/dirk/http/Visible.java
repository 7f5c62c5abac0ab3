package nl.praatmetjeboekhouding.dirk.http;

/** Text of others as it may be shown to people: it cannot colour, move or hide anything. */
final class Visible {

  private Visible() {}

  /** The first characters, with a space for each that is not to be seen. */
  static String text(String text, int longest) {
    return text.codePoints()
        .limit(longest)
        .map(letter -> isVisible(letter) ? letter : ' ')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isVisible(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
