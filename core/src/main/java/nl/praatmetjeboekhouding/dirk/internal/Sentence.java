package nl.praatmetjeboekhouding.dirk.internal;

/** Ends sentences whose last words came from somebody else, who may have ended them already. */
final class Sentence {

  private Sentence() {}

  /** The text with one full stop at its end. */
  static String of(String text) {
    String trimmed = text.strip();
    boolean ended = trimmed.endsWith(".") || trimmed.endsWith("!") || trimmed.endsWith("?");
    return ended ? trimmed : trimmed + ".";
  }
}
