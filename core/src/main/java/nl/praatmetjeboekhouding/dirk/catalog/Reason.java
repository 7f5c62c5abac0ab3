package nl.praatmetjeboekhouding.dirk.catalog;

/** What was thrown, as one line for a message. */
final class Reason {

  private static final int LONGEST = 500;

  private Reason() {}

  /** The throwable and, where there is one, what is at the bottom of it. */
  static String of(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
      cause = cause.getCause();
    }
    return thrown.getCause() == null ? line(thrown) : line(thrown) + ": " + line(cause);
  }

  /** The text on one line, cut if it is long. */
  static String oneLine(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  private static String line(Throwable thrown) {
    String message = thrown.getMessage();
    String name = thrown.getClass().getSimpleName();
    return message == null ? name : name + ": " + oneLine(message);
  }
}
