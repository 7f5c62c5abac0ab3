package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * The way back to who asked: one answer, or none, in which case the connection is closed without a
 * byte.
 */
final class Reply {

  private static final int NO_BODY = -1;
  private static final int CHUNKED = 0;

  private final HttpExchange exchange;

  Reply(HttpExchange exchange) {
    this.exchange = exchange;
  }

  void send(Answer answer) throws IOException {
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
    try (OutputStream out = exchange.getResponseBody()) {
      answer.body().writeTo(out);
    }
  }

  private boolean hasNoBody(Answer answer) {
    return exchange.getRequestMethod().equals("HEAD")
        || answer.length() == 0
        || answer.status() == 204
        || answer.status() == 304;
  }
}
