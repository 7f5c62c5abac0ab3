package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server on the loopback address. */
final class LocalServer implements AutoCloseable {

  /** Answers requests, several at a time. */
  @FunctionalInterface
  interface Handler {
    void handle(Request request, Reply reply) throws IOException;
  }

  private static final Logger log = LoggerFactory.getLogger(LocalServer.class);
  private static final int BODY_LIMIT = 128 * 1024 * 1024;
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  private final HttpServer server;
  private final ExecutorService executor;
  private final AtomicBoolean stopped = new AtomicBoolean();

  private LocalServer(HttpServer server, ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  /**
   * Starts a server.
   *
   * @param name of its threads
   * @param port 0 for any free one
   * @throws UncheckedIOException if the port is taken
   */
  static LocalServer start(String name, int port, Handler handler) {
    answerWithoutDelay();
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback(), port), 0);
      AtomicInteger count = new AtomicInteger();
      ExecutorService executor =
          Executors.newCachedThreadPool(
              work -> {
                Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
                thread.setDaemon(true);
                return thread;
              });
      server.setExecutor(executor);
      server.createContext("/", exchange -> serve(exchange, handler));
      server.start();
      return new LocalServer(server, executor);
    } catch (IOException e) {
      throw new UncheckedIOException(
          name + " cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
    }
  }

  /** 127.0.0.1, also where the loopback address is another. */
  static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Takes no further request, ends all connections, and interrupts what is under way. */
  void stop() {
    if (!stopped.getAndSet(true)) {
      server.stop(0);
      executor.shutdownNow();
    }
  }

  /** Stops, and waits a while for what is under way. */
  @Override
  public void close() {
    stop();
    try {
      if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
        log.warn("requests to port {} were still running 10 s after close", port());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The JDK's server sends head and body as two packets; without this each answer on a kept
   * connection waits 40 ms for an acknowledgement. It is read once, when the first server of this
   * JVM starts; a value that somebody set stays.
   */
  private static void answerWithoutDelay() {
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
  }

  private static void serve(HttpExchange exchange, Handler handler) {
    Reply reply = new Reply(exchange);
    try (exchange) {
      serve(exchange, reply, handler);
    } catch (IOException e) {
      log.debug("{} {} ended early", exchange.getRequestMethod(), exchange.getRequestURI(), e);
    }
  }

  private static void serve(HttpExchange exchange, Reply reply, Handler handler)
      throws IOException {
    try {
      byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
      if (body.length > BODY_LIMIT) {
        reply.send(Answer.text(413, "request body over " + BODY_LIMIT + " bytes"));
        return;
      }
      handler.handle(
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              exchange.getRequestHeaders(),
              Bytes.of(body)),
          reply);
    } catch (RuntimeException e) {
      log.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
      if (!reply.sent()) {
        reply.send(Answer.text(500, "the sandbox itself failed: " + e + "\n"));
      }
    }
  }
}
