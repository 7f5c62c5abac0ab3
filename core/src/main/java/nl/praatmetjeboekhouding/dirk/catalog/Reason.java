package nl.praatmetjeboekhouding.dirk.catalog;

/** What was thrown, as one line for a message. */
final class Reason {

  private Reason() {}

  static String of(Throwable thrown) {
    Throwable cause = thrown.getCause();
    String text = line(thrown);
    return cause == null ? text : text + ": " + line(cause);
  }

  private static String line(Throwable thrown) {
    String message = thrown.getMessage();
    String text =
        message == null
            ? thrown.getClass().getSimpleName()
            : thrown.getClass().getSimpleName() + ": " + message;
    return text.replaceAll("\\s+", " ");
  }
}
