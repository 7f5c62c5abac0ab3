package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers what it was told to and remembers what it was asked. */
final class RecordingApi implements AutoCloseable {

  /** What was asked. */
  record Asked(String line, Map<String, List<String>> headers, String body) {}

  private record Answer(int status, String body) {}

  private static final String WORKER = "/accounts/acc/workers/scripts/";
  private static final String SERVICE = "GET /accounts/acc/workers/services/";

  /** Nobody did anything to a Worker of which nothing else is planned. */
  private static final Answer UNTOUCHED =
      new Answer(
          404,
          "{\"success\":false,\"result\":null,\"messages\":[],"
              + "\"errors\":[{\"code\":10090,\"message\":\"no\"}]}");

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private volatile Runnable meanwhile = () -> {};
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();

  RecordingApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * Answers well; the last answer is repeated. {@code line} is the method and the script's path.
   */
  RecordingApi gives(String line, String result) {
    return answers(line, 200, Documented.envelope(line, result));
  }

  /** Answers well, and no longer as it was told to before. */
  RecordingApi instead(String line, String result) {
    answers.remove(line);
    return gives(line, result);
  }

  /** Does something at each request, before it is answered. */
  RecordingApi whenAsked(Runnable happens) {
    meanwhile = happens;
    return this;
  }

  /** Knows nothing of what is asked for, and no longer answers as it was told to before. */
  RecordingApi instead404(String line, int code) {
    return insteadRefuses(line, 404, code, "not there");
  }

  /** Refuses with Cloudflare's envelope, and no longer answers as it was told to before. */
  RecordingApi insteadRefuses(String line, int status, int code, String message) {
    answers.remove(line);
    return refuses(line, status, code, message);
  }

  /** Refuses with Cloudflare's envelope. */
  RecordingApi refuses(String line, int status, int code, String message) {
    return answers(
        line,
        status,
        "{\"success\":false,\"result\":null,\"messages\":[],\"errors\":[{\"code\":%d,\"message\":\"%s\"}]}"
            .formatted(code, message));
  }

  RecordingApi answers(String line, int status, String body) {
    answers.computeIfAbsent(line, any -> new ArrayDeque<>()).add(new Answer(status, body));
    return this;
  }

  /** What changed something, in order. */
  List<Asked> writes() {
    return asked.stream().filter(one -> !one.line().startsWith("GET")).toList();
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** Over how many connections it was asked. */
  int connections() {
    return callers.size();
  }

  List<String> lines() {
    return asked.stream().map(Asked::line).toList();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String line =
        exchange.getRequestMethod() + " " + exchange.getRequestURI().toString().replace(WORKER, "");
    byte[] sent = exchange.getRequestBody().readAllBytes();
    String body = new String(sent, StandardCharsets.UTF_8);
    callers.add(exchange.getRemoteAddress());
    asked.add(new Asked(line, Map.copyOf(exchange.getRequestHeaders()), body));
    meanwhile.run();
    Deque<Answer> planned = answers.getOrDefault(line, new ArrayDeque<>());
    Answer answer = planned.size() > 1 ? planned.removeFirst() : planned.peekFirst();
    Answer given = answer == null ? unplanned(line) : answer;
    Optional.ofNullable(System.getProperty("dirk.stub.exchanges"))
        .ifPresent(file -> write(Path.of(file), exchange, sent, given));
    byte[] bytes = given.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(given.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** As the sandbox writes its exchanges, for whoever holds them against the specification. */
  private static void write(Path file, HttpExchange exchange, byte[] body, Answer answer) {
    URI uri = exchange.getRequestURI();
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("method", exchange.getRequestMethod())
            .put("path", uri.getRawPath())
            .put("query", Objects.requireNonNullElse(uri.getRawQuery(), ""))
            .put("agent", header(exchange, "user-agent"))
            .put("type", header(exchange, "content-type"))
            .put("body", Base64.getEncoder().encodeToString(body))
            .put("status", answer.status())
            .put("planted", answer.body().startsWith("nobody planned"))
            .put("answer", answer.body());
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
  }

  private static Answer unplanned(String line) {
    return line.startsWith(SERVICE) || line.endsWith("/secrets")
        ? UNTOUCHED
        : new Answer(404, "nobody planned " + line);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
