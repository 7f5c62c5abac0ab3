package nl.praatmetjeboekhouding.dirk.http;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps a token out of everything that people and logs see. */
final class Redaction {

  private static final String SHOWN = "(token)";

  private final Optional<String> token;

  /** One that hides {@code token}, or nothing if it is empty. */
  Redaction(Optional<String> token) {
    this.token = token.filter(text -> !text.isEmpty());
  }

  /** The text, with the token replaced. */
  String text(String text) {
    return token.map(secret -> text.replace(secret, SHOWN)).orElse(text);
  }

  /** The headers, with the token replaced. */
  Map<String, String> headers(Map<String, String> headers) {
    Map<String, String> shown = new HashMap<>(headers);
    shown.replaceAll((name, value) -> text(value));
    return shown;
  }

  /** What was thrown, or empty if it or anything below it shows the token. */
  Optional<Throwable> cause(Throwable thrown) {
    StringWriter printed = new StringWriter();
    thrown.printStackTrace(new PrintWriter(printed));
    return token.filter(printed.toString()::contains).isPresent()
        ? Optional.empty()
        : Optional.of(thrown);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Redaction";
  }
}
