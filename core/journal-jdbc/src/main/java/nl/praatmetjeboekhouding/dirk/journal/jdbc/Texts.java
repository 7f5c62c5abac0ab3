package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/** What PostgreSQL can store as a text, and as the key of a row. */
final class Texts {

  /** Less than what fits into an index. */
  private static final int LONGEST_KEY = 2000;

  private Texts() {}

  static void requireStorable(String value, String name) {
    requireNonNull(value, name);
    if (value.indexOf('\u0000') >= 0) {
      throw new IllegalArgumentException(
          name + " holds the character U+0000, which PostgreSQL does not store");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw new IllegalArgumentException(name + " holds half of a surrogate pair");
    }
  }

  static void requireKey(String value, String name) {
    requireStorable(value, name);
    if (value.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      throw new IllegalArgumentException(
          name + " is longer than " + LONGEST_KEY + " bytes: " + value.substring(0, 100) + "...");
    }
  }
}
