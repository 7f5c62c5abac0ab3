package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The way back to who asked: one answer, or none, in which case the connection is closed without a
 * byte.
 */
final class Reply {

  private static final int NO_BODY = -1;
  private static final int CHUNKED = 0;

  private final HttpExchange exchange;
  private IntConsumer witness = status -> {};
  private boolean sent;

  Reply(HttpExchange exchange) {
    this.exchange = exchange;
  }

  /** Is told the status just before it is sent. */
  void witness(IntConsumer told) {
    witness = told;
  }

  /** Whether there was an answer, or the beginning of one. */
  boolean sent() {
    return sent;
  }

  void send(Answer answer) throws IOException {
    sent = true;
    witness.accept(answer.status());
    for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
      exchange.getResponseHeaders().put(header.getKey(), header.getValue());
    }
    if (hasNoBody(answer)) {
      if (answer.length() > 0) {
        exchange.getResponseHeaders().set("content-length", Long.toString(answer.length()));
      }
      exchange.sendResponseHeaders(answer.status(), NO_BODY);
      return;
    }
    exchange.sendResponseHeaders(
        answer.status(), answer.length() == Answer.UNKNOWN ? CHUNKED : answer.length());
    OutputStream out = exchange.getResponseBody();
    try {
      answer.body().writeTo(out);
    } catch (IOException | RuntimeException e) {
      breakOff();
      throw e;
    }
    out.close();
  }

  /**
   * Lets the connection end in the middle of the answer. To close the body would not do: in chunks
   * it would look complete, and with a length the JDK's server would keep the connection.
   */
  private void breakOff() {
    exchange.setStreams(
        null,
        new OutputStream() {
          @Override
          public void write(int one) {}

          @Override
          public void close() throws IOException {
            throw new IOException("broken off");
          }
        });
  }

  private boolean hasNoBody(Answer answer) {
    return exchange.getRequestMethod().equals("HEAD")
        || answer.length() == 0
        || answer.status() == 204
        || answer.status() == 304;
  }
}
