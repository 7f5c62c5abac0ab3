package nl.praatmetjeboekhouding.dirk.internal;

import java.util.regex.Pattern;

/** Makes text of others fit to be told: their words may end in a full stop or in terminal codes. */
final class Sentence {

  private static final Pattern LINE_ENDS = Pattern.compile("\\s*\\R\\s*");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  private Sentence() {}

  /** The text with one full stop at its end. */
  static String of(String text) {
    String trimmed = text.strip();
    boolean ended = trimmed.endsWith(".") || trimmed.endsWith("!") || trimmed.endsWith("?");
    return ended ? trimmed : trimmed + ".";
  }

  /** The text on one line, without anything that a terminal would act on. */
  static String plain(String text) {
    boolean isPlain = text.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
    return isPlain ? text : withoutControl(text);
  }

  private static String withoutControl(String text) {
    return CONTROL.matcher(LINE_ENDS.matcher(text).replaceAll(" ")).replaceAll("\uFFFD");
  }
}
