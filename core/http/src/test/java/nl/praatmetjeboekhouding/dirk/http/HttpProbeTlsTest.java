package nl.praatmetjeboekhouding.dirk.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpProbeTlsTest {

  private static final ProbeSettings SETTINGS =
      new ProbeSettings(Duration.ofSeconds(30), 1000, true, Map.of());

  private static Certificates made;

  @BeforeAll
  static void make(@TempDir Path folder) throws Exception {
    made = Certificates.in(folder);
  }

  @Test
  void tellsUntilWhenTheCertificateIsValidAndHowLongTheHandshakeTook() throws Exception {
    Reading reading = look("valid", made.client(), "localhost");

    assertThat(reading.health()).isEqualTo(Health.HEALTHY);
    assertThat(reading.certificateExpiry()).hasValue(made.end("valid"));
    assertThat(reading.phases().dns()).isPresent();
    assertThat(reading.phases().connect()).isPresent();
    assertThat(reading.phases().tls()).hasValueSatisfying(took -> assertThat(took).isPositive());
    assertThat(reading.phases().firstByte()).isPresent();
  }

  @Test
  void aCertificateThatHasExpiredIsToldWithItsEnd() throws Exception {
    Reading reading = look("expired", made.client(), "localhost");

    assertThat(reading.health()).isEqualTo(Health.UNHEALTHY);
    assertThat(reading.reason()).isEqualTo("its TLS was refused: its certificate has expired");
    assertThat(reading.certificateExpiry()).hasValue(made.end("expired"));
  }

  @Test
  void aCertificateThatNobodyTrustsIsUnhealthy() throws Exception {
    Reading reading = look("valid", new OkHttpClient(), "localhost");

    assertThat(reading.health()).isEqualTo(Health.UNHEALTHY);
    assertThat(reading.reason())
        .isEqualTo("its TLS was refused: its certificate is signed by nobody that is trusted here");
  }

  @Test
  void aCertificateForAnotherNameIsUnhealthy() throws Exception {
    Reading reading = look("valid", made.client(), "127.0.0.1");

    assertThat(reading.health()).isEqualTo(Health.UNHEALTHY);
    assertThat(reading.reason())
        .isEqualTo("its TLS was refused: its certificate is for another name");
  }

  private static Reading look(String certificate, OkHttpClient client, String host)
      throws Exception {
    try (RawServer server =
            RawServer.over(
                made.serverSockets(certificate), socket -> RawServer.answer(socket, "{}"));
        HttpProbe probe = new HttpProbe(SETTINGS, TimeSource.system(), Dns.SYSTEM, client)) {
      URI uri = URI.create("https://" + host + ":" + server.uri().getPort());
      return probe.read(
          Endpoint.of(uri, new IdentityRule.None()), CallContext.of(Duration.ofSeconds(30)));
    }
  }
}
