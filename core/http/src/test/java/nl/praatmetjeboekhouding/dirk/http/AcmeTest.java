package nl.praatmetjeboekhouding.dirk.http;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AcmeTest {

  private static final CallContext CALL = CallContext.of(Duration.ofMinutes(1));

  @RegisterExtension
  static final WireMockExtension server = WireMockExtension.newInstance().build();

  private Acme acme;

  @BeforeEach
  void open() {
    Secret token = Secret.of("ACME_TOKEN", () -> "t0k3n");
    acme = new Acme(URI.create(server.baseUrl()), token, ManualTime.create());
  }

  @AfterEach
  void close() {
    acme.close();
  }

  @Test
  void readsOneAndSeveral() {
    server.stubFor(get(urlEqualTo("/releases/1")).willReturn(okJson("{\"label\":\"one\"}")));
    server.stubFor(get(urlEqualTo("/releases/2")).willReturn(okJson("{\"label\":\"two\"}")));

    assertThat(acme.release("1", CALL).path("label").asText()).isEqualTo("one");
    assertThat(acme.releases(List.of("2", "1"), CALL))
        .extracting(release -> release.path("label").asText())
        .containsExactly("two", "one");
  }

  @Test
  void sendsAnActivationOnceAndContentAgain() {
    server.stubFor(
        any(anyUrl()).willReturn(status(503).withBody("{\"errors\":[{\"code\":\"busy\"}]}")));

    ProviderException activation =
        catchThrowableOfType(ProviderException.class, () -> acme.activate("1", CALL));
    ProviderException content =
        catchThrowableOfType(
            ProviderException.class,
            () -> acme.keep("abc", JsonNodeFactory.instance.arrayNode(), CALL));

    assertThat(activation.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(activation.vendorCodes()).containsExactly("busy");
    assertThat(content.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    server.verify(1, postRequestedFor(urlEqualTo("/activations")));
    server.verify(3, putRequestedFor(urlEqualTo("/assets/abc")));
  }
}
