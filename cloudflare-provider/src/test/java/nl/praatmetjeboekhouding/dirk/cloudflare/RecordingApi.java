package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server that answers what it was told to and remembers what it was asked. As an extension it
 * ends with its test, and with it what it opened.
 */
final class RecordingApi implements AfterEachCallback, AutoCloseable {

  /** What was asked. */
  record Asked(String line, Map<String, List<String>> headers, String body) {}

  private record Answer(int status, String body) {}

  private static final Secret TOKEN = Secret.of("TOKEN", () -> "s3cret");
  private static final String SERVICE = "GET /accounts/acc/workers/services/";

  /** Nobody did anything to a Worker of which nothing else is planned. */
  private static final Answer UNTOUCHED = new Answer(404, StubServer.bad(10090, "no"));

  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private volatile Runnable meanwhile = () -> {};
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();
  private final List<Runnable> endings = new ArrayList<>();
  private final StubServer server = StubServer.inTurn(this::answer);

  URI uri() {
    return server.uri();
  }

  /** The Workers of the account {@code acc}, asked with the token {@code s3cret}. */
  Workers workers(TimeSource time) {
    Workers workers = Workers.open(uri(), TOKEN, "acc", time);
    endings.add(workers::close);
    return workers;
  }

  /** The Pages projects of the account {@code acc}, asked with the token {@code s3cret}. */
  Pages pages(TimeSource time) {
    Pages pages = Pages.open(uri(), TOKEN, "acc", time);
    endings.add(pages::close);
    return pages;
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
    return answers(line, status, StubServer.bad(code, message));
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
    String line = StubServer.line(exchange);
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
    StubServer.give(exchange, given.status(), given.body());
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
  public void afterEach(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    endings.forEach(Runnable::run);
    server.close();
  }
}
