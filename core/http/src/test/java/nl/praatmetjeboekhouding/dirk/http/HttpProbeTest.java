package nl.praatmetjeboekhouding.dirk.http;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProbeTest {

  private static final CallContext CALL = CallContext.of(Duration.ofSeconds(10));

  @RegisterExtension
  static final WireMockExtension server = WireMockExtension.newInstance().build();

  private final ManualTime time = ManualTime.create();
  private final HttpProbe probe =
      new HttpProbe(new ProbeSettings(Duration.ofSeconds(5), 1000, true, Map.of()), time);

  @AfterEach
  void close() {
    probe.close();
  }

  @Test
  void aGoodAnswerIsHealthyAndTellsItsVersionPhasesAndBeginning() {
    answers(status(200).withHeader("X-Version", " v7 ").withBody("all\tis\nwell"));

    Reading reading = look(new IdentityRule.Header("x-version"));

    assertThat(reading.health()).isEqualTo(Health.HEALTHY);
    assertThat(reading.identity()).hasValue("v7");
    assertThat(reading.at()).isEqualTo(time.instant());
    assertThat(reading.phases().connect()).isPresent();
    assertThat(reading.phases().firstByte()).isPresent();
    assertThat(reading.phases().tls()).isEmpty();
    assertThat(reading.certificateExpiry()).isEmpty();
    assertThat(reading.excerpt()).isEqualTo("all is well");
  }

  @Test
  void readsTheVersionFromJsonAndFromText() {
    answers(status(200).withBody("{\"app\":{\"version\":\"v7\"}}"));

    assertThat(look(new IdentityRule.Pointer("/app/version")).identity()).hasValue("v7");
    assertThat(look(new IdentityRule.Text(Pattern.compile("\"(v\\d+)\""))).identity())
        .hasValue("v7");
    assertThat(look(new IdentityRule.Pointer("/app")).identity()).isEmpty();
    assertThat(look(new IdentityRule.None()).identity()).isEmpty();
  }

  @Test
  void aVersionThatNobodyCouldPrintIsNone() {
    answers(status(200).withBody("{\"version\":\"v7\\u0007\"}"));

    assertThat(look(new IdentityRule.Pointer("/version")).identity()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 500, 503})
  void aBadAnswerIsUnhealthyAndStillTellsItsVersion(int status) {
    answers(status(status).withHeader("X-Version", "v7"));

    Reading reading = look(new IdentityRule.Header("X-Version"));

    assertThat(reading.health()).isEqualTo(Health.UNHEALTHY);
    assertThat(reading.reason()).isEqualTo("answered " + status);
    assertThat(reading.identity()).hasValue("v7");
  }

  @ParameterizedTest
  @CsvSource({
    "application/health+json,pass,HEALTHY",
    "application/health+json,warn,HEALTHY",
    "application/health+json,fail,UNHEALTHY",
    "application/json,UP,HEALTHY",
    "application/vnd.spring-boot.actuator.v3+json,DOWN,UNHEALTHY",
    "application/json,OUT_OF_SERVICE,UNHEALTHY",
    "application/json,something,HEALTHY"
  })
  void understandsHealthDocuments(String type, String said, Health health) {
    answers(status(200).withHeader("Content-Type", type).withBody("{\"status\":\"" + said + "\"}"));

    assertThat(look().health()).isEqualTo(health);
  }

  @Test
  void healthJsonThatIsNoJsonIsUnhealthy() {
    answers(status(200).withHeader("Content-Type", "application/health+json").withBody("<html>"));

    assertThat(look().health()).isEqualTo(Health.UNHEALTHY);
  }

  @ParameterizedTest
  @CsvSource({
    "429,X-Any,any",
    "403,cf-mitigated,challenge",
    "503,cf-mitigated,challenge",
    "200,cf-cache-status,HIT"
  })
  void whatDoesNotComeFromTheServiceTellsNothing(int status, String name, String value) {
    answers(status(status).withHeader(name, value).withHeader("X-Version", "v7"));

    Reading reading = look(new IdentityRule.Header("X-Version"));

    assertThat(reading.health()).isEqualTo(Health.INCONCLUSIVE);
    assertThat(reading.reason()).isNotEmpty();
    assertThat(reading.identity()).isEmpty();
  }

  @Test
  void followsNoRedirectAndNamesItsHost() {
    answers(status(302).withHeader("Location", "https://login.example/?secret=1"));

    Reading reading = look();

    assertThat(reading.health()).isEqualTo(Health.UNHEALTHY);
    assertThat(reading.reason()).isEqualTo("redirects (302) to login.example");
    server.verify(1, anyRequestedFor(urlEqualTo("/health")));
  }

  @Test
  void looksOnceEvenIfToldToRepeatItAtOnce() {
    answers(status(503).withHeader("Retry-After", "0"));

    assertThat(look().health()).isEqualTo(Health.UNHEALTHY);
    server.verify(1, anyRequestedFor(urlEqualTo("/health")));
  }

  @Test
  void theExcerptIsShortAndCannotPlayTricks() {
    answers(status(200).withBody("\u001b[31m\u202e" + "x".repeat(500)));

    String excerpt = look().excerpt();

    assertThat(excerpt).hasSize(300).startsWith(" [31m x");
  }

  @Test
  void jsonBeyondTheLimitTellsNothing() {
    answers(
        status(200)
            .withHeader("Content-Type", "application/json")
            .withBody("{\"a\":\"" + "x".repeat(1000) + "\",\"status\":\"DOWN\"}"));

    assertThat(look().health()).isEqualTo(Health.INCONCLUSIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.000000001S", "PT99999H"})
  void neverThrowsHoweverLongItMayTake(Duration timeout) {
    answers(status(200));

    // A request that comes late is none that the next test counts.
    URI elsewhere = uri().resolve("/elsewhere");

    Reading reading =
        probe.read(Endpoint.of(elsewhere, new IdentityRule.None()), CallContext.of(timeout));

    assertThat(reading.health()).isNotEqualTo(Health.INCONCLUSIVE);
  }

  @Test
  void sendsTheHeadersOfTheEndpoint() {
    answers(status(200));

    probe.read(
        Endpoint.of(uri(), new IdentityRule.None()).withHeaders(Map.of("X-Override", "v7")), CALL);

    server.verify(
        anyRequestedFor(anyUrl())
            .withHeader("X-Override", equalTo("v7"))
            .withHeader("User-Agent", equalTo("dirk")));
  }

  @Test
  void whatCannotBeSentTellsNothingAndIsNotShown() {
    Endpoint endpoint =
        Endpoint.of(uri(), new IdentityRule.None()).withHeaders(Map.of("X-Key", "s3cr3t\n"));

    Reading reading = probe.read(endpoint, CALL);

    assertThat(reading.health()).isEqualTo(Health.INCONCLUSIVE);
    assertThat(reading.toString()).doesNotContain("s3cr3t");
  }

  private static void answers(ResponseDefinitionBuilder answer) {
    server.stubFor(any(anyUrl()).willReturn(answer));
  }

  private static URI uri() {
    return URI.create(server.baseUrl() + "/health");
  }

  private Reading look() {
    return look(new IdentityRule.None());
  }

  private Reading look(IdentityRule rule) {
    return probe.read(Endpoint.of(uri(), rule), CALL);
  }
}
