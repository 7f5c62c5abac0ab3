package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The date of a workerd, which it names as its version: the newest that it surely knows. */
final class WorkerdDate {

  private static final Pattern DATE = Pattern.compile("workerd (\\d{4}-\\d{2}-\\d{2})");

  private WorkerdDate() {}

  /** Empty if it does not say. */
  static Optional<String> of(Workerd workerd) {
    try {
      Process process =
          new ProcessBuilder(workerd.binary().toString(), "--version")
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher date = DATE.matcher(said);
      return date.find() ? Optional.of(date.group(1)) : Optional.empty();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot run " + workerd.binary(), e);
    }
  }
}
