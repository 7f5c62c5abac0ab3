package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine that stands in for Cloudflare's API, and its ways of speaking. */
final class StubServer implements AutoCloseable {

  /** What each answer calls itself. */
  static final String RAY = "8f00ba4c0ffee-AMS";

  private static final String WORKER = "/accounts/acc/workers/scripts/";

  private final HttpServer server;
  private final ExecutorService threads;

  private StubServer(HttpHandler handler, ExecutorService threads) {
    this.threads = threads;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", handler);
    server.start();
  }

  /** One that answers one request after the other. */
  static StubServer inTurn(HttpHandler handler) {
    return new StubServer(handler, Executors.newSingleThreadExecutor());
  }

  /** One that answers all requests at once, each as soon as it can. */
  static StubServer atOnce(HttpHandler handler) {
    return new StubServer(handler, Executors.newCachedThreadPool());
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What is asked: the method, and the path, or what of it is below the account's Workers. */
  static String line(HttpExchange exchange) {
    return exchange.getRequestMethod()
        + " "
        + exchange.getRequestURI().toString().replace(WORKER, "");
  }

  static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Cloudflare's envelope around a result. */
  static String good(String result) {
    return "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":" + result + "}";
  }

  /** Cloudflare's envelope around an error. */
  static String bad(int code, String message) {
    return "{\"success\":false,\"result\":null,\"messages\":[],\"errors\":[{\"code\":%d,\"message\":\"%s\"}]}"
        .formatted(code, message);
  }

  static void give(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("cf-ray", RAY);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
