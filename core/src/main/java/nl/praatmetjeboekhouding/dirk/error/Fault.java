package nl.praatmetjeboekhouding.dirk.error;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with what somebody wrote.
 *
 * @param source the file or the object that it stands in, for a person to find it
 * @param line the line, from 1; 0 where there is none
 * @param column the column, from 1; 0 where there is none
 * @param message what is wrong and what to do
 */
public record Fault(String source, int line, int column, String message) {

  /** Checks that nothing is null and no position negative. */
  public Fault {
    requireNonNull(source, "source");
    requireNonNull(message, "message");
    if (line < 0 || column < 0) {
      throw new IllegalArgumentException(
          "line and column must not be negative: " + line + ":" + column);
    }
  }

  /** A fault without a position in a text. */
  public static Fault of(String source, String message) {
    return new Fault(source, 0, 0, message);
  }

  /** {@code source:line:column: message}, without the position where there is none. */
  @Override
  public String toString() {
    return line == 0
        ? source + ": " + message
        : source + ":" + line + ":" + column + ": " + message;
  }
}
