package nl.praatmetjeboekhouding.dirk.http;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HttpProbeTlsTest {

  private static final ProbeSettings SETTINGS =
      new ProbeSettings(Duration.ofSeconds(5), 1000, true, Map.of());

  @RegisterExtension
  static final WireMockExtension server =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicHttpsPort()).build();

  @Test
  void tellsUntilWhenTheCertificateIsValidAndHowLongTheHandshakeTook() throws Exception {
    try (HttpProbe probe = new HttpProbe(SETTINGS, TimeSource.system(), Dns.SYSTEM, trusting())) {

      Reading reading = look(probe);

      assertThat(reading.health()).isEqualTo(Health.HEALTHY);
      assertThat(reading.certificateExpiry())
          .hasValueSatisfying(end -> assertThat(end).isAfter(Instant.EPOCH));
      assertThat(reading.phases().dns()).isPresent();
      assertThat(reading.phases().tls()).hasValueSatisfying(took -> assertThat(took).isPositive());
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsUnhealthy() {
    try (HttpProbe probe = new HttpProbe(SETTINGS, TimeSource.system())) {

      Reading reading = look(probe);

      assertThat(reading.health()).isEqualTo(Health.UNHEALTHY);
      assertThat(reading.reason()).startsWith("its TLS was refused");
    }
  }

  private static Reading look(HttpProbe probe) {
    server.stubFor(any(anyUrl()).willReturn(ok()));
    return probe.read(
        Endpoint.of(
            URI.create("https://localhost:" + server.getRuntimeInfo().getHttpsPort()),
            new IdentityRule.None()),
        CallContext.of(Duration.ofSeconds(5)));
  }

  /** A client that trusts the server's certificate, whatever name is in it. */
  private static OkHttpClient trusting() throws GeneralSecurityException, IOException {
    Trusting trusting = new Trusting(certificate());
    return new OkHttpClient.Builder()
        .sslSocketFactory(tls(trusting).getSocketFactory(), trusting)
        .hostnameVerifier((host, session) -> true)
        .build();
  }

  private static X509Certificate certificate() throws GeneralSecurityException, IOException {
    try (Socket socket =
        tls(new Trusting())
            .getSocketFactory()
            .createSocket("localhost", server.getRuntimeInfo().getHttpsPort())) {
      return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
    }
  }

  private static SSLContext tls(X509TrustManager trust) throws GeneralSecurityException {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {trust}, null);
    return tls;
  }

  private static final class Trusting implements X509TrustManager {

    private final X509Certificate[] issuers;

    private Trusting(X509Certificate... issuers) {
      this.issuers = issuers;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return issuers.clone();
    }
  }
}
