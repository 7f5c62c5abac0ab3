package nl.praatmetjeboekhouding.dirk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class JsonApiFaultTest {

  @Test
  void sendsAPostThatIsResetOnlyOnceAndDoesNotKnowWhetherItTookEffect() throws IOException {
    try (RawServer server = RawServer.doing(RawServer::reset);
        JsonApi api = api(server.uri())) {

      ProviderException failure = failure(api, ApiRequest.post("things"));

      assertThat(failure.kind()).isEqualTo(FailureKind.BROKEN_OFF);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void readsThreeTimesWhenTheConnectionIsReset() throws IOException {
    try (RawServer server = RawServer.doing(RawServer::reset);
        JsonApi api = api(server.uri())) {

      ProviderException failure = failure(api, ApiRequest.get("things"));

      assertThat(failure.kind()).isEqualTo(FailureKind.BROKEN_OFF);
      assertThat(server.requests()).isEqualTo(3);
    }
  }

  @Test
  void knowsThatNothingWasSentWhereNobodyListens() throws IOException {
    URI nobody;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + gone.getLocalPort());
    }
    try (JsonApi api = api(nobody)) {

      ProviderException failure = failure(api, ApiRequest.post("things"));

      assertThat(failure.kind()).isEqualTo(FailureKind.NOT_SENT);
      assertThat(failure).hasMessageStartingWith("Acme: POST /things: could not be sent");
    }
  }

  @Test
  void givesUpOnAnAnswerThatDoesNotCome() throws IOException {
    try (RawServer server = RawServer.doing(socket -> {});
        JsonApi api =
            JsonApi.to("Acme", server.uri(), ManualTime.create())
                .attemptTimeout(Duration.ofMillis(200))
                .build()) {

      ProviderException failure = failure(api, ApiRequest.post("things"));

      assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(failure).hasMessageContaining("no answer within 200 ms;");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void tellsHowLongAndHowOftenItAskedWhatIsNeverAnswered() throws IOException {
    ManualTime time = ManualTime.create();
    try (RawServer server = RawServer.doing(socket -> time.advance(Duration.ofSeconds(5)));
        JsonApi api =
            JsonApi.to("Acme", server.uri(), time).attemptTimeout(Duration.ofMillis(200)).build()) {

      ProviderException failure = failure(api, ApiRequest.get("things"));

      assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(failure.getMessage())
          .matches(".*no answer at the last of 3 attempts, 1[5-9]\\d{3} ms after the first; .*");
    }
  }

  @Test
  void aReadWhoseAnswerDoesNotComeLeavesTimeForAnother() throws IOException {
    AtomicBoolean answers = new AtomicBoolean();
    try (RawServer server =
            RawServer.doing(
                socket -> {
                  if (answers.getAndSet(true)) {
                    RawServer.answer(socket, "{}");
                  }
                });
        JsonApi api = JsonApi.to("Acme", server.uri(), ManualTime.create()).build()) {

      ApiAnswer answer =
          api.send(ApiRequest.get("things"), CallContext.of(Duration.ofMillis(1200)));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void sendsNothingOnceTheTimeIsOver(String method) throws IOException {
    ApiRequest request =
        method.equals("GET") ? ApiRequest.get("things") : ApiRequest.post("things");
    try (RawServer server = RawServer.echoing();
        JsonApi api = JsonApi.to("Acme", server.uri(), new Ticking()).build()) {

      ProviderException failure =
          catchThrowableOfType(
              ProviderException.class, () -> api.send(request, CallContext.of(Ticking.TICK)));

      assertThat(failure.kind()).isEqualTo(FailureKind.NOT_SENT);
      assertThat(failure)
          .hasMessageStartingWith("Acme: " + method + " /things: could not be sent within 1000 ms");
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void stopsWhenTheCallerSaysSo() throws IOException {
    Cancellation cancellation = Cancellation.create();
    try (RawServer server = RawServer.doing(socket -> cancellation.cancel("enough"));
        JsonApi api = api(server.uri())) {
      CallContext call = new CallContext(Duration.ofSeconds(20), cancellation);

      ProviderException failure =
          catchThrowableOfType(
              ProviderException.class, () -> api.send(ApiRequest.get("things"), call));

      assertThat(failure.kind()).isEqualTo(FailureKind.STOPPED);
      assertThat(failure).hasMessage("Acme: GET /things: stopped: enough");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void anInterruptDetachesAndStaysVisible() throws IOException {
    Cancellation cancellation = Cancellation.create();
    Thread caller = Thread.currentThread();
    try (RawServer server = RawServer.doing(socket -> caller.interrupt());
        JsonApi api = api(server.uri())) {
      CallContext call = new CallContext(Duration.ofSeconds(20), cancellation);

      ProviderException failure =
          catchThrowableOfType(
              ProviderException.class, () -> api.send(ApiRequest.get("things"), call));
      boolean flag = Thread.interrupted();

      assertThat(failure.kind()).isEqualTo(FailureKind.STOPPED);
      assertThat(flag).isTrue();
      assertThat(cancellation.stop())
          .map(Cancellation.Stop::kind)
          .hasValue(Cancellation.Kind.DETACH);
    }
  }

  @Test
  void whoIsInterruptedBeforehandSendsNothing() throws IOException {
    try (RawServer server = RawServer.echoing();
        JsonApi api = api(server.uri())) {
      Thread.currentThread().interrupt();

      ProviderException failure = failure(api, ApiRequest.post("things"));
      boolean flag = Thread.interrupted();

      assertThat(failure.kind()).isEqualTo(FailureKind.STOPPED);
      assertThat(flag).isTrue();
      assertThat(server.accepted()).isZero();
    }
  }

  @Test
  void closingEndsWhatIsUnderWayAndRefusesTheNext() throws IOException {
    CompletableFuture<JsonApi> open = new CompletableFuture<>();
    try (RawServer server = RawServer.doing(socket -> open.join().close())) {
      JsonApi api = api(server.uri());
      open.complete(api);

      ProviderException broken = failure(api, ApiRequest.post("things"));
      ProviderException next = failure(api, ApiRequest.post("things"));

      assertThat(broken.kind()).isEqualTo(FailureKind.STOPPED);
      assertThat(next.kind()).isEqualTo(FailureKind.NOT_SENT);
      assertThat(next).hasMessage("Acme: POST /things: not sent; the API was closed");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void anAnswerThatBreaksOffIsNoAnswer() throws IOException {
    String half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":";
    try (RawServer server =
            RawServer.doing(
                socket -> {
                  RawServer.say(socket, half);
                  socket.close();
                });
        JsonApi api = api(server.uri())) {

      ProviderException failure = failure(api, ApiRequest.post("things"));

      assertThat(failure.kind()).isEqualTo(FailureKind.BROKEN_OFF);
    }
  }

  @Test
  void doesNotReadABodyOfAGigabyte() throws IOException {
    long[] written = new long[1];
    try (RawServer server =
            RawServer.doing(
                socket -> {
                  RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
                  byte[] block = new byte[65536];
                  for (int count = 0; count < 16384; count++) {
                    socket.getOutputStream().write(block);
                    written[0] += block.length;
                  }
                });
        JsonApi api =
            JsonApi.to("Acme", server.uri(), ManualTime.create()).answerLimit(100_000).build()) {

      ProviderException failure = failure(api, ApiRequest.post("things"));

      assertThat(failure.kind()).isEqualTo(FailureKind.UNREADABLE);
      assertThat(failure).hasMessageContaining("more than 100000 bytes");
      assertThat(written[0]).isLessThan(512L * 1024 * 1024);
    }
  }

  @Test
  void doesNotUnpackAnAnswerThatGrowsWithoutEnd() throws IOException {
    byte[] bomb = zippedSpaces(256 * 1024 * 1024);
    try (RawServer server =
            RawServer.doing(
                socket -> {
                  RawServer.say(
                      socket,
                      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                          + bomb.length
                          + "\r\n\r\n");
                  socket.getOutputStream().write(bomb);
                });
        JsonApi api =
            JsonApi.to("Acme", server.uri(), ManualTime.create()).answerLimit(100_000).build()) {

      ProviderException failure = failure(api, ApiRequest.post("things"));

      assertThat(failure.kind()).isEqualTo(FailureKind.UNREADABLE);
      assertThat(failure).hasMessageContaining("more than 100000 bytes");
    }
  }

  private static byte[] zippedSpaces(int count) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    byte[] spaces = " ".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
    try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
      for (int written = 0; written < count; written += spaces.length) {
        zip.write(spaces);
      }
    }
    return zipped.toByteArray();
  }

  @Test
  void givesUpOnAnAnswerThatComesByteByByteForEver() throws IOException {
    try (RawServer server =
            RawServer.doing(
                socket -> {
                  RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                  drip(socket);
                });
        JsonApi api =
            JsonApi.to("Acme", server.uri(), TimeSource.system())
                .attemptTimeout(Duration.ofMillis(300))
                .build()) {

      ProviderException failure = failure(api, ApiRequest.post("things"));

      assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(failure).hasMessageContaining("answered 200, but not to the end within 300 ms;");
    }
  }

  @Test
  void givesUpOnSuchAnAnswerAlsoWhenTheTimeOfTheCallIsOver() throws IOException {
    try (RawServer server =
            RawServer.doing(
                socket -> {
                  RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                  drip(socket);
                });
        JsonApi api = JsonApi.to("Acme", server.uri(), TimeSource.system()).build()) {
      CallContext call = CallContext.of(Duration.ofMillis(300));

      ProviderException failure =
          catchThrowableOfType(
              ProviderException.class, () -> api.send(ApiRequest.post("things"), call));

      assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(failure).hasMessageContaining("answered 200, but not to the end within ");
    }
  }

  @Test
  void refusesAnAnswerThatSaysItIsTooLongWithoutWaitingForIt() throws IOException {
    try (RawServer server =
            RawServer.doing(
                socket ->
                    RawServer.say(
                        socket, "HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n"));
        JsonApi api = api(server.uri())) {

      ProviderException failure = failure(api, ApiRequest.post("things"));

      assertThat(failure.kind()).isEqualTo(FailureKind.UNREADABLE);
      assertThat(failure).hasMessageContaining("answered 200 with more than 16777216 bytes;");
    }
  }

  private static void drip(Socket socket) throws IOException {
    Cancellation never = Cancellation.create();
    while (TimeSource.system().pause(Duration.ofMillis(20), never)) {
      RawServer.say(socket, " ");
    }
  }

  @Test
  void anAnswerThatIsNestedWithoutEndIsUnreadable() throws IOException {
    try (RawServer server =
            RawServer.doing(socket -> RawServer.answer(socket, "[".repeat(1_000_000)));
        JsonApi api = api(server.uri())) {

      ProviderException failure = failure(api, ApiRequest.post("things"));

      assertThat(failure.kind()).isEqualTo(FailureKind.UNREADABLE);
    }
  }

  /** Time that passes with each look at it. */
  private static final class Ticking implements TimeSource {

    private static final Duration TICK = Duration.ofSeconds(1);

    private final ManualTime time = ManualTime.create();

    @Override
    public Instant instant() {
      return time.instant();
    }

    @Override
    public long nanoTime() {
      time.advance(TICK);
      return time.nanoTime();
    }

    @Override
    public boolean pause(Duration wait, Cancellation cancellation) {
      return time.pause(wait, cancellation);
    }
  }

  private static JsonApi api(URI base) {
    return JsonApi.to("Acme", base, ManualTime.create()).build();
  }

  private static ProviderException failure(JsonApi api, ApiRequest request) {
    return catchThrowableOfType(
        ProviderException.class, () -> api.send(request, CallContext.of(Duration.ofSeconds(20))));
  }
}
