package nl.praatmetjeboekhouding.dirk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.testkit.LocalServer.Behaviour;
import nl.praatmetjeboekhouding.dirk.testkit.LocalServer.Visit;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link HealthProbe} that looks over HTTP keeps to. Extend it, say how the probe is
 * made, and run it; {@code docs/provider-contract.md} has the rules under the same numbers. The
 * endpoints are servers of the contract's own on 127.0.0.1, and misbehave in every way that
 * endpoints do.
 */
@Timeout(60)
public abstract class HealthProbeContract {

  private static final Duration SHORT = Duration.ofMillis(150);
  private static final Duration LONG = Duration.ofSeconds(6);

  /** Beyond this a look did not end when it should have, however busy the machine is. */
  private static final Duration LATE = Duration.ofSeconds(5);

  private static final String JSON = "application/json";
  private static final IdentityRule NONE = new IdentityRule.None();

  private final TimeSource manual = ManualTime.create();

  @SuppressWarnings("NullAway.Init") // set before each test
  private HealthProbe probe;

  /** For classes that say which probe it is. */
  protected HealthProbeContract() {}

  /**
   * A probe that may look at this machine, and whose own limit for a look is not below six seconds.
   * Called once for each test.
   */
  protected abstract HealthProbe newProbe();

  /** The time that the probe lives by; the same at every call. Manual unless overridden. */
  protected TimeSource time() {
    return manual;
  }

  @BeforeEach
  final void open() {
    probe = newProbe();
  }

  @AfterEach
  final void close() {
    probe.close();
  }

  @Test
  @DisplayName("H1: a good answer is healthy, and the reading tells when it was taken")
  final void h1GoodAnswers() {
    for (int status : List.of(200, 201, 204)) {
      Instant before = time().instant();

      Reading reading = look(visit -> visit.answer(status, "fine"));

      assertThat(reading.health()).as("after %s", status).isEqualTo(Health.HEALTHY);
      assertThat(reading.at()).isBetween(before, time().instant());
      assertThat(reading.phases().total()).isGreaterThanOrEqualTo(Duration.ZERO);
    }
  }

  @Test
  @DisplayName("H2: a bad answer is unhealthy, and the reading says why")
  final void h2BadAnswers() {
    for (int status : List.of(400, 401, 404, 500, 502, 503)) {
      Reading reading = look(visit -> visit.answer(status, "not fine"));

      assertUnhealthy("after " + status, reading);
    }
  }

  @Test
  @DisplayName("H3: no whole answer is unhealthy: nobody listens, a reset, an end in the middle")
  final void h3NoWholeAnswer() {
    assertUnhealthy("nobody", read(endpoint(LocalServer.nobody(), NONE), LONG));
    assertUnhealthy("reset", look(Visit::reset));
    assertUnhealthy("end", look(visit -> visit.socket().close()));
    assertUnhealthy(
        "half",
        look(
            visit -> {
              visit.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
              visit.socket().close();
            }));
  }

  @Test
  @DisplayName("H4: an endpoint that hangs is unhealthy once the time of the call is over")
  final void h4Hanging() {
    assertUnhealthy("silent", lookShortly(visit -> {}));
    assertUnhealthy(
        "silent after its head",
        lookShortly(visit -> visit.say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")));
    assertUnhealthy(
        "dripping",
        lookShortly(
            visit -> {
              visit.say("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
              drip(visit);
            }));
  }

  @Test
  @DisplayName("H5: what is not HTTP is unhealthy")
  final void h5Garbage() {
    List<String> garbage =
        List.of("SSH-2.0-OpenSSH_9\r\n\r\n", "\u0000\u0001\u0002\r\n\r\n", "HTTP/1.1 abc\r\n\r\n");
    for (String text : garbage) {
      assertUnhealthy(
          text.strip(),
          look(
              visit -> {
                visit.say(text);
                visit.socket().close();
              }));
    }
  }

  @Test
  @DisplayName("H6: a redirect is not followed, and is unhealthy")
  final void h6Redirects() {
    try (LocalServer elsewhere = LocalServer.doing(visit -> visit.answer(200, "fine"))) {
      for (int status : List.of(301, 302, 303, 307, 308)) {
        Reading reading = look(visit -> visit.answer(status, "", "Location: " + elsewhere.uri()));

        assertUnhealthy("after " + status, reading);
      }
      assertThat(elsewhere.connections()).isZero();
    }
  }

  @Test
  @DisplayName("H7: a body without end is neither read to its end nor held against who sends it")
  final void h7Flood() {
    AtomicLong written = new AtomicLong();
    byte[] block = "x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
    try (LocalServer server =
        LocalServer.doing(
            visit -> {
              visit.say("HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\n");
              while (true) {
                visit.say(block);
                written.addAndGet(block.length);
              }
            })) {

      Reading reading = read(endpoint(server.uri(), NONE), Duration.ofSeconds(3));

      assertThat(reading.health()).as(reading.reason()).isNotEqualTo(Health.UNHEALTHY);
      assertThat(reading.excerpt().length()).isLessThanOrEqualTo(block.length);
      assertThat(written.get()).as("bytes sent").isLessThan(64L * 1024 * 1024);
    }
  }

  @Test
  @DisplayName("H8: a look is one request on a connection of its own, whatever comes of it")
  final void h8OneRequestEach() {
    Behaviour sick = visit -> visit.answer(503, "sick", "Retry-After: 0");
    for (Behaviour behaviour : List.of(visit -> visit.answer(200, "fine"), sick, Visit::reset)) {
      try (LocalServer server = LocalServer.doing(behaviour)) {
        for (int looks = 1; looks <= 3; looks++) {
          Reading unused = read(endpoint(server.uri(), NONE), LONG);

          assertThat(server.visits()).hasSize(looks);
          assertThat(server.connections()).isEqualTo(looks);
        }
      }
    }
  }

  @Test
  @DisplayName("H9: the identity is taken from where the rule says")
  final void h9Identity() {
    String body = "{\"version\": \"v7\", \"build\": {\"number\": 7}, \"text\": \"release v7!\"}";
    Behaviour answer = visit -> visit.answer(200, body, "X-Version: v7", "Content-Type: " + JSON);

    assertThat(identity(new IdentityRule.Header("X-Version"), answer)).contains("v7");
    assertThat(identity(new IdentityRule.Header("x-version"), answer)).contains("v7");
    assertThat(identity(new IdentityRule.Pointer("/version"), answer)).contains("v7");
    assertThat(identity(new IdentityRule.Pointer("/build/number"), answer)).contains("7");
    assertThat(identity(text("release (v\\d)"), answer)).contains("v7");
    assertThat(identity(text("v\\d!"), answer)).contains("v7!");
    assertThat(identity(NONE, answer)).isEmpty();
  }

  @Test
  @DisplayName("H10: who does not tell where the rule says has no identity")
  final void h10NoIdentity() {
    Behaviour mute = visit -> visit.answer(200, "{\"build\": {}}", "X-Other: v7", "X-Blank: ");
    Behaviour broken = visit -> visit.answer(200, "{\"version\": ", "Content-Type: " + JSON);

    for (Behaviour answer : List.of(mute, broken)) {
      assertThat(identity(new IdentityRule.Header("x-version"), answer)).isEmpty();
      assertThat(identity(new IdentityRule.Header("x-blank"), answer)).isEmpty();
      assertThat(identity(new IdentityRule.Pointer("/version"), answer)).isEmpty();
      assertThat(identity(new IdentityRule.Pointer("/build"), answer)).isEmpty();
      assertThat(identity(text("v(\\d)"), answer)).isEmpty();
    }
  }

  @Test
  @DisplayName("H11: a bad answer tells its identity too")
  final void h11BadIdentity() {
    try (LocalServer server = LocalServer.doing(visit -> visit.answer(500, "", "X-Version: v7"))) {

      Reading reading = read(endpoint(server.uri(), new IdentityRule.Header("x-version")), LONG);

      assertUnhealthy("after 500", reading);
      assertThat(reading.identity()).contains("v7");
    }
  }

  @Test
  @DisplayName("H12: the headers of the endpoint are sent along")
  final void h12Headers() {
    try (LocalServer server = LocalServer.doing(visit -> visit.answer(200, "fine"))) {
      Endpoint endpoint =
          endpoint(server.uri(), NONE).withHeaders(Map.of("X-Override", "api=\"v7\""));

      Reading reading = read(endpoint, LONG);

      assertThat(reading.health()).isEqualTo(Health.HEALTHY);
      Visit visit = server.visits().get(0);
      assertThat(visit.request()).startsWith("GET /health ");
      assertThat(visit.headers()).anyMatch("X-Override: api=\"v7\""::equalsIgnoreCase);
    }
  }

  @Test
  @DisplayName("H13: a probe that was turned away, or cannot go there, is inconclusive")
  final void h13CannotLook() {
    assertInconclusive("after 429", look(visit -> visit.answer(429, "slow down")));
    for (String address : List.of("mailto:dirk@shop.example", "nonsense://127.0.0.1:9/")) {
      assertInconclusive(address, read(endpoint(URI.create(address), NONE), LONG));
    }
  }

  @Test
  @DisplayName("H14: a look that was stopped before it began is inconclusive, and asks nobody")
  final void h14StoppedBefore() {
    try (LocalServer server = LocalServer.doing(visit -> visit.answer(200, "fine"))) {
      Cancellation cancelled = Cancellation.create();
      cancelled.cancel("the contract cancelled");
      Cancellation detached = Cancellation.create();
      detached.detach("the contract detached");

      for (Cancellation stop : List.of(cancelled, detached)) {
        Reading reading = read(endpoint(server.uri(), NONE), new CallContext(LONG, stop));

        assertInconclusive("stopped", reading);
      }

      assertThat(server.visits()).isEmpty();
    }
  }

  @Test
  @DisplayName("H15: a look that is stopped under way ends at once, and is inconclusive")
  final void h15StoppedUnderWay() {
    Cancellation stop = Cancellation.create();
    try (LocalServer server = LocalServer.doing(visit -> stop.cancel("the contract cancelled"))) {

      Reading reading = read(endpoint(server.uri(), NONE), new CallContext(LONG, stop));

      assertInconclusive("stopped", reading);
    }
  }

  @Test
  @DisplayName("H16: an interrupt makes no bad reading, and the thread stays interrupted")
  final void h16Interrupted() {
    try (LocalServer server = LocalServer.doing(visit -> visit.answer(200, "fine"))) {
      Thread.currentThread().interrupt();
      Reading reading;
      boolean still;
      try {
        reading = read(endpoint(server.uri(), NONE), LONG);
      } finally {
        still = Thread.interrupted();
      }

      assertThat(reading.health()).as(reading.reason()).isNotEqualTo(Health.UNHEALTHY);
      assertThat(still).as("the thread is still interrupted").isTrue();
    }
  }

  @Test
  @DisplayName("H17: threads do not disturb each other")
  final void h17Threads() throws InterruptedException {
    try (LocalServer server =
        LocalServer.doing(
            visit -> visit.answer(200, "fine", "X-Version: " + visit.request().split(" ", 3)[1]))) {

      List<Reading> readings =
          Crowd.of(
              8,
              member ->
                  read(
                      endpoint(
                          server.uri().resolve("/" + member), new IdentityRule.Header("x-version")),
                      LONG));

      assertThat(readings).allMatch(reading -> reading.health() == Health.HEALTHY);
      assertThat(readings.stream().map(reading -> reading.identity().orElse("")))
          .containsExactly("/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7");
    }
  }

  @Test
  @DisplayName("H18: closing twice is as closing once")
  final void h18CloseTwice() {
    Reading unused = look(visit -> visit.answer(200, "fine"));

    probe.close();
    probe.close();
  }

  @Test
  @DisplayName("H19: what a reading shows to people holds no control characters")
  final void h19Printable() {
    String escaped = "{\"version\": \"v7\\u001b[2J\"}";
    String raw = "\u001b]0;title\u0007 \u0000 \u009b2J \u202e";
    for (String body : List.of(escaped, raw)) {
      try (LocalServer server =
          LocalServer.doing(visit -> visit.answer(503, body, "Content-Type: " + JSON))) {

        Reading reading = read(endpoint(server.uri(), new IdentityRule.Pointer("/version")), LONG);

        assertPrintable(reading.reason());
        assertPrintable(reading.excerpt());
        assertPrintable(reading.identity().orElse(""));
      }
    }
  }

  private Reading look(Behaviour behaviour) {
    try (LocalServer server = LocalServer.doing(behaviour)) {
      return read(endpoint(server.uri(), NONE), LONG);
    }
  }

  private Reading lookShortly(Behaviour behaviour) {
    try (LocalServer server = LocalServer.doing(behaviour)) {
      return read(endpoint(server.uri(), NONE), SHORT);
    }
  }

  private Optional<String> identity(IdentityRule rule, Behaviour behaviour) {
    try (LocalServer server = LocalServer.doing(behaviour)) {
      return read(endpoint(server.uri(), rule), LONG).identity();
    }
  }

  private Reading read(Endpoint endpoint, Duration timeout) {
    return read(endpoint, CallContext.of(timeout));
  }

  /** One look, which throws nothing and does not end late. */
  private Reading read(Endpoint endpoint, CallContext call) {
    long begin = System.nanoTime();
    Reading reading;
    try {
      reading = probe.read(endpoint, call);
    } catch (RuntimeException e) {
      throw new AssertionError("a look at " + endpoint.uri() + " threw " + e, e);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("a look took").isLessThan(LATE);
    assertThat(reading).as("what a look at %s gave", endpoint.uri()).isNotNull();
    return reading;
  }

  private static Endpoint endpoint(URI uri, IdentityRule identity) {
    return Endpoint.of(uri, identity);
  }

  private static IdentityRule text(String pattern) {
    return new IdentityRule.Text(Pattern.compile(pattern));
  }

  private static void assertUnhealthy(String when, Reading reading) {
    assertThat(reading.health()).as(when).isEqualTo(Health.UNHEALTHY);
    assertThat(reading.reason()).as("the reason when " + when).isNotBlank();
  }

  private static void assertInconclusive(String when, Reading reading) {
    assertThat(reading.health()).as(when).isEqualTo(Health.INCONCLUSIVE);
    assertThat(reading.reason()).as("the reason when " + when).isNotBlank();
  }

  private static void assertPrintable(String shown) {
    assertThat(shown.chars().filter(letter -> letter != '\n' && letter != '\t'))
        .noneMatch(Character::isISOControl);
  }

  /** A byte now and then, until whoever looks has gone. */
  private static void drip(Visit visit) throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    try {
      while (!never.await(50, TimeUnit.MILLISECONDS)) {
        visit.say("x");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
