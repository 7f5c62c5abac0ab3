package nl.praatmetjeboekhouding.dirk.http;

/**
 * A text that may be looked at so often and no more, so that a pattern that backtracks without end
 * comes to one. Counts characters that are asked for: no clock is involved, and the same pattern
 * gives up on the same text everywhere. Not thread-safe.
 */
final class BoundedText implements CharSequence {

  /** Says that the text was looked at too often. */
  static final class LookedTooOften extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private LookedTooOften() {
      super("looked too often", null, false, false);
    }
  }

  private final String text;
  private long left;

  /**
   * A bounded text.
   *
   * @param looks how many characters may be asked for
   */
  BoundedText(String text, long looks) {
    this.text = text;
    left = looks;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (left-- <= 0) {
      throw new LookedTooOften();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
