package nl.praatmetjeboekhouding.dirk.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Cuts a program's output into lines, masks secrets in them, and keeps the last ones. */
final class OutputLines {

  private static final int KEPT = 200;
  private static final int LONGEST = 8192;
  private static final int SHORTEST_SECRET = 4;
  private static final String MASK = "***";

  private final List<String> secrets;
  private final Consumer<String> listener;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Deque<String> last = new ArrayDeque<>();
  private boolean tooLong;

  OutputLines(List<String> secrets, Consumer<String> listener) {
    this.secrets = secrets.stream().filter(secret -> secret.length() >= SHORTEST_SECRET).toList();
    this.listener = listener;
  }

  void add(byte[] bytes, int length) {
    for (int index = 0; index < length; index++) {
      if (bytes[index] == '\n') {
        end();
      } else if (line.size() < LONGEST) {
        line.write(bytes[index]);
      } else {
        tooLong = true;
      }
    }
  }

  /** Ends the line that has not ended itself, if there is one. */
  void finish() {
    if (line.size() > 0) {
      end();
    }
  }

  List<String> last() {
    return List.copyOf(last);
  }

  private void end() {
    String text = masked(line.toString(StandardCharsets.UTF_8).stripTrailing());
    String shown = tooLong ? text + " ..." : text;
    line.reset();
    tooLong = false;
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(shown);
    listener.accept(shown);
  }

  /** The text without any secret. */
  String masked(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, MASK);
      if (tooLong) {
        masked = withoutCutSecret(masked, secret);
      }
    }
    return masked;
  }

  /** A line that was cut may end in the first part of a secret. */
  private static String withoutCutSecret(String text, String secret) {
    for (int length = secret.length() - 1; length >= SHORTEST_SECRET; length--) {
      if (text.endsWith(secret.substring(0, length))) {
        return text.substring(0, text.length() - length) + MASK;
      }
    }
    return text;
  }
}
