package nl.praatmetjeboekhouding.dirk.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aMultipart;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonApiTest {

  private static final CallContext CALL = CallContext.of(Duration.ofMinutes(1));
  private static final String TOKEN = "s3cr3t-t0k3n";

  @RegisterExtension
  static final WireMockExtension server = WireMockExtension.newInstance().build();

  private final ManualTime time = ManualTime.create();
  private JsonApi api;

  @BeforeEach
  void open() {
    api =
        JsonApi.to("Acme", URI.create(server.baseUrl() + "/v4/"), time)
            .token(Secret.of("ACME_TOKEN", () -> TOKEN))
            .build();
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void sendsEncodedPathQueryTokenAndHeaders() {
    answers(status(200).withBody("{\"ok\":true}").withHeader("X-Ray", "1"));

    ApiAnswer answer =
        api.send(ApiRequest.get("a/b", "c d").query("q", "x&y").header("X-Extra", "yes"), CALL);

    server.verify(
        getRequestedFor(urlEqualTo("/v4/a%2Fb/c%20d?q=x%26y"))
            .withHeader("Authorization", equalTo("Bearer " + TOKEN))
            .withHeader("User-Agent", equalTo("dirk"))
            .withHeader("X-Extra", equalTo("yes")));
    assertThat(answer.body().path("ok").asBoolean()).isTrue();
    assertThat(answer.headers()).containsEntry("x-ray", "1");
  }

  @Test
  void sendsJson() {
    answers(status(204));

    ApiAnswer answer =
        api.send(
            ApiRequest.post("x").json(JsonNodeFactory.instance.objectNode().put("a", 1)), CALL);

    server.verify(
        postRequestedFor(urlEqualTo("/v4/x"))
            .withHeader("Content-Type", equalTo("application/json"))
            .withRequestBody(equalTo("{\"a\":1}")));
    assertThat(answer.body().isMissingNode()).isTrue();
  }

  @Test
  void sendsJsonOfAnotherMediaType() {
    answers(status(204));
    JsonNode patch = JsonNodeFactory.instance.objectNode().put("a", 1);

    api.send(ApiRequest.patch("x").json(patch, "application/merge-patch+json"), CALL);

    server.verify(
        patchRequestedFor(urlEqualTo("/v4/x"))
            .withHeader("Content-Type", equalTo("application/merge-patch+json"))
            .withRequestBody(equalTo("{\"a\":1}")));
  }

  @Test
  void refusesAMediaTypeThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ApiRequest.patch("x").json(JsonNodeFactory.instance.objectNode(), "json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept",
        "accept-encoding",
        "AUTHORIZATION",
        "Content-Length",
        "Content-Type",
        "Transfer-Encoding",
        "User-Agent"
      })
  void refusesAHeaderThatItSetsByItself(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiRequest.get("x").header(name, "mine"))
        .withMessageContaining(name);
  }

  @Test
  void sendsPartsWithNamesAndTypes() {
    answers(status(200).withBody("{}"));
    byte[] content = "hello".getBytes(StandardCharsets.UTF_8);

    api.send(
        ApiRequest.post("x")
            .multipart(
                List.of(
                    Part.of(
                        "main.js", Optional.of("main.js"), Optional.of("text/plain"), content))),
        CALL);

    server.verify(
        postRequestedFor(urlEqualTo("/v4/x"))
            .withRequestBodyPart(
                aMultipart()
                    .withName("main.js")
                    .withHeader("Content-Type", equalTo("text/plain"))
                    .withBody(equalTo("hello"))
                    .build()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "%2e%2E"})
  void refusesSegmentsThatLeaveThePath(String segment) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiRequest.get("accounts", segment))
        .withMessageContaining("segment");
  }

  @ParameterizedTest
  @CsvSource({
    "302,UNREADABLE",
    "400,INVALID",
    "401,UNAUTHENTICATED",
    "403,FORBIDDEN",
    "404,NOT_FOUND",
    "408,UNAVAILABLE",
    "409,CONFLICT",
    "410,NOT_FOUND",
    "412,CONFLICT",
    "422,INVALID",
    "429,THROTTLED",
    "500,UNAVAILABLE",
    "503,UNAVAILABLE"
  })
  void tellsFromTheStatusWhatHappened(int status, FailureKind kind) {
    answers(status(status).withBody("<html>no</html>"));

    ProviderException failure = failure(ApiRequest.post("x"));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageStartingWith("Acme: POST /v4/x: answered " + status + "; ");
    server.verify(1, anyRequestedFor(anyUrl()));
  }

  @Test
  void followsNoRedirectAndNamesItsHost() {
    answers(status(307).withHeader("Location", "https://elsewhere.example/x?secret=1"));

    ProviderException failure = failure(ApiRequest.get("x"));

    assertThat(failure).hasMessageContaining("elsewhere.example").hasMessageNotContaining("secret");
    server.verify(1, anyRequestedFor(anyUrl()));
  }

  @Test
  void takesAnyTimeout() {
    answers(status(200).withBody("{}"));
    try (JsonApi patient =
        JsonApi.to("Acme", URI.create(server.baseUrl()), time)
            .attemptTimeout(Duration.ofDays(999))
            .build()) {

      ApiAnswer answer = patient.send(ApiRequest.get("x"), CallContext.of(Duration.ofDays(9999)));

      assertThat(answer.status()).isEqualTo(200);
    }
  }

  @Test
  void readsAgainAfterA503() {
    answersThen(status(503), status(200).withBody("{}"));

    ApiAnswer answer = api.send(ApiRequest.get("x"), CALL);

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void asksThreeTimesAndNoMore() {
    answers(status(503).withHeader("Retry-After", "0"));

    ProviderException failure = failure(ApiRequest.put("x").repeatable());

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    server.verify(3, anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE"})
  void sendsAWriteOnceEvenIfToldToRepeatItAtOnce(String method) {
    answers(status(503).withHeader("Retry-After", "0"));

    ProviderException failure =
        failure("POST".equals(method) ? ApiRequest.post("x") : ApiRequest.delete("x"));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    server.verify(1, anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>Sign in</html>", "{\"a\":", "{} {}"})
  void anAnswerThatIsNoJsonIsUnreadable(String body) {
    answers(status(200).withBody(body));

    ProviderException failure = failure(ApiRequest.post("x"));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNREADABLE);
    assertThat(printed(failure)).doesNotContain(body);
    server.verify(1, anyRequestedFor(anyUrl()));
  }

  @Test
  void neverShowsTheTokenEvenIfTheVendorRepeatsIt() {
    answers(status(400).withBody("{\"error\":\"bad token " + TOKEN + "\"}"));
    try (JsonApi strict =
        JsonApi.to("Acme", URI.create(server.baseUrl()), time)
            .token(Secret.of("ACME_TOKEN", () -> TOKEN))
            .errors(
                (status, headers, body) ->
                    Optional.of(
                        ProviderException.with(
                                FailureKind.INVALID, "said " + body.path("error").asText())
                            .vendorCodes(List.of("10000"))))
            .build()) {

      ProviderException failure =
          catchThrowableOfType(
              ProviderException.class, () -> strict.send(ApiRequest.post("x"), CALL));

      assertThat(failure).hasMessage("Acme: POST /x: said bad token (token)");
      assertThat(failure.vendorCodes()).containsExactly("10000");
      assertThat(printed(failure)).doesNotContain(TOKEN);
      assertThat(strict.toString()).doesNotContain(TOKEN);
    }
  }

  @Test
  void anEmptyTokenIsToldAsSuch() {
    try (JsonApi broken =
        JsonApi.to("Acme", URI.create(server.baseUrl()), time)
            .token(Secret.of("ACME_TOKEN", () -> ""))
            .build()) {

      ProviderException failure =
          catchThrowableOfType(
              ProviderException.class, () -> broken.send(ApiRequest.get("x"), CALL));

      assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
      assertThat(failure).hasMessage("Acme: GET /x: the token ACME_TOKEN is empty; set it");
    }
  }

  @Test
  void aTokenThatCannotBeSentIsRefusedWithoutShowingIt() {
    try (JsonApi broken =
        JsonApi.to("Acme", URI.create(server.baseUrl()), time)
            .token(Secret.of("ACME_TOKEN", () -> TOKEN + "\n"))
            .build()) {

      ProviderException failure =
          catchThrowableOfType(
              ProviderException.class, () -> broken.send(ApiRequest.get("x"), CALL));

      assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
      assertThat(printed(failure)).doesNotContain(TOKEN);
    }
  }

  private static void answers(ResponseDefinitionBuilder answer) {
    server.stubFor(any(anyUrl()).willReturn(answer));
  }

  private static void answersThen(
      ResponseDefinitionBuilder first, ResponseDefinitionBuilder second) {
    server.stubFor(
        any(anyUrl())
            .inScenario("two")
            .whenScenarioStateIs("Started")
            .willReturn(first)
            .willSetStateTo("second"));
    server.stubFor(
        any(anyUrl()).inScenario("two").whenScenarioStateIs("second").willReturn(second));
  }

  private ProviderException failure(ApiRequest request) {
    return catchThrowableOfType(ProviderException.class, () -> api.send(request, CALL));
  }

  private static String printed(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
