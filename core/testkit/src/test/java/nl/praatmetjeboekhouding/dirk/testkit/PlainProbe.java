package nl.praatmetjeboekhouding.dirk.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * A probe that keeps the contract with nothing but a socket, for probes that do not to build on.
 */
class PlainProbe implements HealthProbe {

  private static final int LONGEST = 4 * 1024;

  private final TimeSource time;

  PlainProbe(TimeSource time) {
    this.time = time;
  }

  /** What came back. */
  private record Answer(int status, Map<String, String> headers, String body) {}

  @Override
  public Reading read(Endpoint endpoint, CallContext call) {
    Instant at = time.instant();
    if (!"http".equals(endpoint.uri().getScheme())) {
      return Reading.of(Health.INCONCLUSIVE, "this is not HTTP", at);
    }
    if (call.cancellation().isStopped()) {
      return Reading.of(Health.INCONCLUSIVE, "stopped", at);
    }
    try (Socket socket = new Socket();
        Cancellation.Registration registration =
            call.cancellation().onStop(() -> closeQuietly(socket))) {
      return seen(endpoint, answer(endpoint, socket, call.timeout()), at);
    } catch (IOException | IllegalArgumentException e) {
      return call.cancellation().isStopped()
          ? Reading.of(Health.INCONCLUSIVE, "stopped", at)
          : Reading.of(Health.UNHEALTHY, "no answer: " + e.getClass().getSimpleName(), at);
    }
  }

  /** How many bytes of a body it reads. */
  long limit() {
    return LONGEST;
  }

  /** What people are shown of a body. */
  String shown(String body) {
    return body.replaceAll("\\p{Cntrl}|[\u0080-\u009f]", " ");
  }

  private Answer answer(Endpoint endpoint, Socket socket, Duration timeout) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    URI uri = endpoint.uri();
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), left(deadline));
    StringBuilder head = new StringBuilder("GET " + uri.getPath() + " HTTP/1.1\r\n");
    head.append("Host: ").append(uri.getAuthority()).append("\r\n");
    endpoint
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    socket.getOutputStream().write((head + "\r\n").getBytes(ISO_8859_1));
    String status = line(socket, deadline);
    if (!status.matches("HTTP/1\\.1 \\d{3}( .*)?")) {
      throw new IOException("not HTTP");
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(socket, deadline); !line.isEmpty(); line = line(socket, deadline)) {
      String[] parts = line.split(":", 2);
      headers.put(parts[0], parts[1].strip());
    }
    long length = Long.parseLong(headers.getOrDefault("content-length", "0"));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (body.size() < Math.min(length, limit())) {
      body.write(next(socket, deadline));
    }
    return new Answer(Integer.parseInt(status.substring(9, 12)), headers, body.toString(UTF_8));
  }

  private static String line(Socket socket, long deadline) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int letter = next(socket, deadline); letter != '\n'; letter = next(socket, deadline)) {
      if (line.size() == LONGEST) {
        throw new IOException("a line without end");
      }
      line.write(letter);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  private static int next(Socket socket, long deadline) throws IOException {
    socket.setSoTimeout(left(deadline));
    InputStream in = socket.getInputStream();
    int letter = in.read();
    if (letter < 0) {
      throw new EOFException();
    }
    return letter;
  }

  private static int left(long deadline) throws IOException {
    long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
    if (millis < 1) {
      throw new SocketTimeoutException();
    }
    return (int) millis;
  }

  private Reading seen(Endpoint endpoint, Answer answer, Instant at) {
    int family = answer.status() / 100;
    Health health =
        answer.status() == 429
            ? Health.INCONCLUSIVE
            : family == 2 ? Health.HEALTHY : Health.UNHEALTHY;
    Reading reading =
        Reading.of(health, "answered " + answer.status(), at).withExcerpt(shown(answer.body()));
    return identity(endpoint.identity(), answer)
        .filter(identity -> !identity.isBlank())
        .filter(identity -> identity.chars().noneMatch(Character::isISOControl))
        .map(reading::withIdentity)
        .orElse(reading);
  }

  private static Optional<String> identity(IdentityRule rule, Answer answer) {
    if (rule instanceof IdentityRule.Header header) {
      return Optional.ofNullable(answer.headers().get(header.name().toLowerCase(Locale.ROOT)));
    }
    if (rule instanceof IdentityRule.Text text) {
      Matcher matcher = text.pattern().matcher(answer.body());
      return matcher.find()
          ? Optional.of(matcher.group(Math.min(1, matcher.groupCount())))
          : Optional.empty();
    }
    if (rule instanceof IdentityRule.Pointer pointer) {
      try {
        return Optional.of(
            new ObjectMapper().readTree(answer.body()).at(pointer.pointer()).asText());
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
