package nl.praatmetjeboekhouding.dirk.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Guesses what somebody meant to write. */
final class Spelling {

  private Spelling() {}

  /** {@code "; did you mean ...?"} if a known word is near, else an empty text. */
  static String hint(String written, Collection<String> known) {
    return known.stream()
        .filter(word -> distance(written, word) <= Math.max(1, word.length() / 3))
        .min(Comparator.comparingInt(word -> distance(written, word)))
        .map(word -> "; did you mean " + word + "?")
        .orElse("");
  }

  /** How many letters must be added, left out or changed (Levenshtein), whatever their case. */
  private static int distance(String written, String known) {
    String left = written.toLowerCase(Locale.ROOT);
    String right = known.toLowerCase(Locale.ROOT);
    if (left.length() > 2 * right.length() + 2) {
      return left.length();
    }
    int[] row = new int[right.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int line = 1; line <= left.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        int changed = diagonal + (left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(changed, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[right.length()];
  }
}
