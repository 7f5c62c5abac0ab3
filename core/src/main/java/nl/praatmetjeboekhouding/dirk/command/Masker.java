package nl.praatmetjeboekhouding.dirk.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Takes the values of secrets out of text. A value of several lines is masked line by line. What is
 * shorter than four characters is left: masking it would make every text unreadable and hide
 * nothing that cannot be guessed.
 */
final class Masker {

  static final int SHORTEST = 4;

  private static final String MASK = "***";

  private final List<String> values;

  private Masker(List<String> values) {
    this.values = values;
  }

  static Masker of(Collection<String> secrets) {
    return new Masker(
        secrets.stream()
            .flatMap(String::lines)
            .map(String::strip)
            .filter(value -> value.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  /** The text without the values. */
  String mask(String text) {
    String masked = text;
    for (String value : values) {
      masked = masked.replace(value, MASK);
    }
    return masked;
  }

  /** The text without the values, and without the beginning of one at its end. */
  String maskUnfinished(String text) {
    String masked = mask(text);
    for (String value : values) {
      for (int length = value.length() - 1; length >= SHORTEST; length--) {
        if (masked.endsWith(value.substring(0, length))) {
          return masked.substring(0, masked.length() - length) + MASK;
        }
      }
    }
    return masked;
  }

  /** How long the longest value is. */
  int longest() {
    return values.isEmpty() ? 0 : values.get(0).length();
  }
}
