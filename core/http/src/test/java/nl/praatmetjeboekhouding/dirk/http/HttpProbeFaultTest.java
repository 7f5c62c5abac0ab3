package nl.praatmetjeboekhouding.dirk.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpProbeFaultTest {

  private static final CallContext CALL = CallContext.of(Duration.ofSeconds(10));
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Test
  void aResetIsUnhealthy() throws IOException {
    try (RawServer server = RawServer.doing(RawServer::reset)) {

      Reading reading = look(probe(true, Map.of()), server.uri());

      assertThat(reading.health()).isEqualTo(Health.UNHEALTHY);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void noAnswerInTimeIsUnhealthy() throws IOException {
    try (RawServer server = RawServer.doing(socket -> {})) {

      Reading reading =
          probe(true, Map.of())
              .read(
                  Endpoint.of(server.uri(), new IdentityRule.None()),
                  CallContext.of(Duration.ofMillis(200)));

      assertThat(reading.health()).isEqualTo(Health.UNHEALTHY);
      assertThat(reading.reason()).isEqualTo("no answer in time");
    }
  }

  @Test
  void nobodyListeningIsUnhealthy() throws IOException {
    URI nobody;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + gone.getLocalPort());
    }

    assertThat(look(probe(true, Map.of()), nobody).health()).isEqualTo(Health.UNHEALTHY);
  }

  @Test
  void anAnswerThatBreaksOffIsUnhealthy() throws IOException {
    try (RawServer server =
        RawServer.doing(
            socket -> {
              RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
              socket.close();
            })) {

      assertThat(look(probe(true, Map.of()), server.uri()).health()).isEqualTo(Health.UNHEALTHY);
    }
  }

  @Test
  void garbageIsUnhealthy() throws IOException {
    try (RawServer server = RawServer.doing(socket -> RawServer.say(socket, "SSH-2.0-x\r\n\r\n"))) {

      assertThat(look(probe(true, Map.of()), server.uri()).health()).isEqualTo(Health.UNHEALTHY);
    }
  }

  @Test
  void aBodyOfAGigabyteIsNotReadBeyondTheLimit() throws IOException {
    long[] written = new long[1];
    try (RawServer server =
        RawServer.doing(
            socket -> {
              RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
              byte[] block = "x".repeat(65536).getBytes(StandardCharsets.UTF_8);
              for (int count = 0; count < 16384; count++) {
                socket.getOutputStream().write(block);
                written[0] += block.length;
              }
            })) {

      Reading reading = look(probe(true, Map.of()), server.uri());

      assertThat(reading.health()).isEqualTo(Health.HEALTHY);
      assertThat(reading.excerpt()).hasSize(300);
      assertThat(written[0]).isLessThan(64L * 1024 * 1024);
    }
  }

  @Test
  void looksOnAFreshConnectionEachTime() throws IOException {
    try (RawServer server = RawServer.doing(socket -> RawServer.say(socket, OK))) {
      HttpProbe probe = probe(true, Map.of());

      look(probe, server.uri());
      Reading second = look(probe, server.uri());

      assertThat(second.health()).isEqualTo(Health.HEALTHY);
      assertThat(second.phases().connect()).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "a.localhost",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[fd00::1]",
        "[fe80::1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::a00:1]",
        "[2002:a00:1::]"
      })
  void doesNotGoToAddressesThatAreNotPublic(String host) throws IOException {
    URI uri = URI.create("http://" + host + ":9/");

    Reading reading = look(probe(false, Map.of()), uri);

    assertThat(reading.health()).isEqualTo(Health.INCONCLUSIVE);
    assertThat(reading.reason()).contains("not public");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "127.1",
        "0127.0.0.1",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "0x7f000001",
        "10.0x1",
        "2130706433."
      })
  void doesNotGoToNumbersThatMeanDifferentAddressesToDifferentPrograms(String host) {
    Reading reading = look(probe(false, Map.of()), URI.create("http://" + host + ":9/"));

    assertThat(reading.health()).isEqualTo(Health.INCONCLUSIVE);
    assertThat(reading.reason()).contains("write it as four numbers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop.example", "203.0.113.7"})
  void connectsElsewhereUnderTheSameNameWhenToldTo(String host) throws IOException {
    try (RawServer server = RawServer.doing(socket -> RawServer.say(socket, OK))) {
      HttpProbe probe =
          probe(
              true,
              Map.of(
                  HostPort.parse(host + ":80"),
                  HostPort.parse("localhost:" + server.uri().getPort())));

      Reading reading = look(probe, URI.create("http://" + host + "/"));

      assertThat(reading.health()).isEqualTo(Health.HEALTHY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SHOP.Example:80,shop.example",
    "b\u00fccher.example:80,xn--bcher-kva.example",
    "[0:0:0:0:0:0:0:1]:80,::1",
    "[::ffff:127.0.0.1]:80,127.0.0.1"
  })
  void aPlaceIsTheSameHoweverItIsWritten(String text, String host) {
    assertThat(HostPort.parse(text)).isEqualTo(new HostPort(host, 80));
  }

  @Test
  void whereItConnectsInsteadMustBePublicToo() {
    HttpProbe probe =
        probe(false, Map.of(HostPort.parse("shop.example:80"), HostPort.parse("127.0.0.1:9")));

    Reading reading = look(probe, URI.create("http://shop.example/"));

    assertThat(reading.health()).isEqualTo(Health.INCONCLUSIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://shop.example/", "mailto:dirk@shop.example"})
  void anAddressThatIsNotHttpTellsNothing(String uri) {
    assertThat(look(probe(true, Map.of()), URI.create(uri)).health())
        .isEqualTo(Health.INCONCLUSIVE);
  }

  @Test
  void aLookThatIsStoppedTellsNothing() throws IOException {
    Cancellation cancellation = Cancellation.create();
    try (RawServer server = RawServer.doing(socket -> cancellation.cancel("enough"))) {

      Reading reading =
          probe(true, Map.of())
              .read(
                  Endpoint.of(server.uri(), new IdentityRule.None()),
                  new CallContext(Duration.ofSeconds(10), cancellation));

      assertThat(reading.health()).isEqualTo(Health.INCONCLUSIVE);
      assertThat(reading.reason()).isEqualTo("stopped by the caller");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX-Long: ", "HTTP/1.1 200 OK\r\n\r\n"})
  void anAnswerThatTricklesEndsWithTheAttempt(String beginning) throws IOException {
    try (RawServer server =
            RawServer.doing(
                socket -> {
                  RawServer.say(socket, beginning);
                  while (true) {
                    RawServer.say(socket, "x");
                    LockSupport.parkNanos(1_000_000);
                  }
                });
        HttpProbe probe = probe(new ProbeSettings(Duration.ofMillis(300), 65536, true, Map.of()))) {

      Reading reading = look(probe, server.uri());

      assertThat(reading.health()).isEqualTo(Health.UNHEALTHY);
      assertThat(reading.reason()).isEqualTo("no answer in time");
    }
  }

  @Test
  void aNameThatIsSlowToLookUpEndsWithTheAttempt() {
    CountDownLatch found = new CountDownLatch(1);
    Dns slow =
        host -> {
          try {
            found.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    ProbeSettings settings = new ProbeSettings(Duration.ofMillis(200), 1000, true, Map.of());
    try (HttpProbe probe = new HttpProbe(settings, ManualTime.create(), slow, new OkHttpClient())) {

      Reading reading = look(probe, URI.create("http://shop.example/"));

      assertThat(reading.health()).isEqualTo(Health.UNHEALTHY);
      assertThat(reading.reason()).isEqualTo("no answer in time");
    } finally {
      found.countDown();
    }
  }

  @Test
  void anInterruptDetachesAndTellsNothingOfTheService() throws IOException {
    Cancellation cancellation = Cancellation.create();
    Thread caller = Thread.currentThread();
    try (RawServer server = RawServer.doing(socket -> caller.interrupt());
        HttpProbe probe = probe(true, Map.of())) {

      Reading reading =
          probe.read(
              Endpoint.of(server.uri(), new IdentityRule.None()),
              new CallContext(Duration.ofSeconds(10), cancellation));
      boolean flag = Thread.interrupted();

      assertThat(reading.health()).isEqualTo(Health.INCONCLUSIVE);
      assertThat(flag).isTrue();
      assertThat(cancellation.stop())
          .map(Cancellation.Stop::kind)
          .hasValue(Cancellation.Kind.DETACH);
    }
  }

  @Test
  void a503WithAWaitThatNoIntHoldsIsStillAReading() throws IOException {
    try (RawServer server =
            RawServer.doing(
                socket ->
                    RawServer.say(
                        socket,
                        "HTTP/1.1 503 No\r\nRetry-After: 99999999999\r\nContent-Length:"
                            + " 0\r\n\r\n"));
        HttpProbe probe = probe(true, Map.of())) {

      assertThat(look(probe, server.uri()).reason()).isEqualTo("answered 503");
    }
  }

  @Test
  void aNameWithAPrivateAddressIsRefused() {
    Dns inside = host -> List.of(InetAddress.getByName("10.0.0.1"));
    ProbeSettings settings = new ProbeSettings(Duration.ofSeconds(5), 1000, false, Map.of());
    try (HttpProbe probe =
        new HttpProbe(settings, ManualTime.create(), inside, new OkHttpClient())) {

      Reading reading = look(probe, URI.create("https://shop.example/"));

      assertThat(reading.health()).isEqualTo(Health.INCONCLUSIVE);
      assertThat(reading.reason())
          .isEqualTo(
              "shop.example is at 10.0.0.1, which is not public; allowPrivateAddresses lets the"
                  + " probe go there");
    }
  }

  private static HttpProbe probe(ProbeSettings settings) {
    return new HttpProbe(settings, ManualTime.create());
  }

  private static HttpProbe probe(boolean allowPrivate, Map<HostPort, HostPort> connect) {
    return probe(new ProbeSettings(Duration.ofSeconds(5), 1000, allowPrivate, connect));
  }

  private static Reading look(HttpProbe probe, URI uri) {
    return probe.read(Endpoint.of(uri, new IdentityRule.None()), CALL);
  }
}
