package nl.praatmetjeboekhouding.dirk.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Guesses what somebody meant to write. */
final class Spelling {

  private Spelling() {}

  /** {@code "; did you mean ...?"} if a known word is near, else an empty text. */
  static String hint(String written, Collection<String> known) {
    return nearest(written, known).map(word -> "; did you mean " + word + "?").orElse("");
  }

  /** The known word that is nearest to the written one, or empty if none is near. */
  static Optional<String> nearest(String written, Collection<String> known) {
    return known.stream()
        .filter(word -> distance(written, word) <= Math.max(1, word.length() / 3))
        .min(Comparator.comparingInt(word -> distance(written, word)));
  }

  /**
   * How many letters must be added, left out, changed, or swapped with their neighbour, whatever
   * their case (Damerau and Levenshtein's distance, where no letter is moved twice).
   */
  private static int distance(String written, String known) {
    String left = written.toLowerCase(Locale.ROOT);
    String right = known.toLowerCase(Locale.ROOT);
    if (Math.abs(left.length() - right.length()) > Math.max(left.length(), right.length()) / 2) {
      return Math.max(left.length(), right.length());
    }
    int[] before = new int[right.length() + 1];
    int[] row = IntStream.rangeClosed(0, right.length()).toArray();
    for (int line = 1; line <= left.length(); line++) {
      int[] next = new int[right.length() + 1];
      next[0] = line;
      for (int column = 1; column <= right.length(); column++) {
        boolean same = left.charAt(line - 1) == right.charAt(column - 1);
        next[column] =
            Math.min(row[column - 1] + (same ? 0 : 1), 1 + Math.min(row[column], next[column - 1]));
        if (isSwapped(left, line, right, column)) {
          next[column] = Math.min(next[column], 1 + before[column - 2]);
        }
      }
      before = row;
      row = next;
    }
    return row[right.length()];
  }

  private static boolean isSwapped(String left, int line, String right, int column) {
    return line > 1
        && column > 1
        && left.charAt(line - 1) == right.charAt(column - 2)
        && left.charAt(line - 2) == right.charAt(column - 1);
  }
}
