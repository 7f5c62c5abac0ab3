package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Optional;

/**
 * Every request of the API with its answer, a line of JSON each, at the end of the file that {@code
 * -Ddirk.sandbox.exchanges=FILE} names. Several processes may write to one file.
 */
final class ExchangeLog {

  private static final Optional<ExchangeLog> GIVEN =
      Optional.ofNullable(System.getProperty("dirk.sandbox.exchanges"))
          .map(file -> new ExchangeLog(Path.of(file)));

  private final Path file;

  private ExchangeLog(Path file) {
    this.file = file;
  }

  /** Empty if no file was named. */
  static Optional<ExchangeLog> given() {
    return GIVEN;
  }

  /**
   * Adds a line.
   *
   * @param path behind the prefix of all paths
   * @param planted whether the answer is one that a test asked for
   */
  synchronized void add(Request request, String path, Answer answer, boolean planted) {
    ObjectNode line =
        Json.object()
            .put("method", request.method())
            .put("path", path)
            .put("query", request.rawQuery())
            .put("agent", request.header("user-agent").orElse(""))
            .put("type", request.header("content-type").orElse(""))
            .put("body", Base64.getEncoder().encodeToString(request.body().array()))
            .put("status", answer.status())
            .put("planted", planted);
    if (!planted) {
      line.put("answer", text(answer));
    }
    try {
      Files.writeString(
          file, line + "\n", UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("the file of exchanges cannot be written", e);
    }
  }

  private static String text(Answer answer) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try {
      answer.body().writeTo(whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return whole.toString(UTF_8);
  }
}
