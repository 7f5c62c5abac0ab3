package nl.praatmetjeboekhouding.dirk.http;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonApiSecrecyTest {

  private static final CallContext CALL = CallContext.of(Duration.ofMinutes(1));
  private static final String TOKEN = "s3cr3t-t0k3n";

  @RegisterExtension
  static final WireMockExtension server = WireMockExtension.newInstance().build();

  @Test
  void theVendorsRulesNeverSeeTheToken() {
    server.stubFor(
        any(anyUrl())
            .willReturn(
                status(400)
                    .withHeader("X-Echo", "Bearer " + TOKEN)
                    .withBody("{\"error\":\"bad token " + TOKEN + "\"}")));
    List<String> seen = new ArrayList<>();

    ProviderException failure =
        failure(
            (status, headers, body) -> {
              seen.add(headers.get("x-echo") + " " + body.path("error").asText());
              return Optional.of(
                  ProviderException.with(FailureKind.INVALID, body.path("error").asText()));
            });

    assertThat(seen.get(seen.size() - 1)).isEqualTo("Bearer (token) bad token (token)");
    assertThat(failure).hasMessage("Acme: POST /x: bad token (token)");
  }

  @Test
  void nothingOfAFailureShowsTheToken() {
    server.stubFor(any(anyUrl()).willReturn(status(400)));

    ProviderException failure =
        failure(
            (status, headers, body) ->
                Optional.of(
                    ProviderException.with(FailureKind.INVALID, "no " + TOKEN)
                        .vendorCodes(List.of("10000", TOKEN))
                        .requestId("ray-" + TOKEN)
                        .cause(new IOException("outer", new IOException("inner " + TOKEN)))));

    assertThat(failure.vendorCodes()).containsExactly("10000", "(token)");
    assertThat(failure.requestId()).hasValue("ray-(token)");
    assertThat(failure).hasNoCause();
    assertThat(printed(failure)).doesNotContain(TOKEN);
  }

  @Test
  void aCauseThatShowsNoTokenIsKept() {
    server.stubFor(any(anyUrl()).willReturn(status(400)));
    IOException cause = new IOException("harmless");

    ProviderException failure =
        failure(
            (status, headers, body) ->
                Optional.of(ProviderException.with(FailureKind.INVALID, "no").cause(cause)));

    assertThat(failure).hasCause(cause);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 " + TOKEN + "\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + TOKEN,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + TOKEN + "\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n" + TOKEN,
        "HTTP/1.1 302 Found\r\nLocation: http://" + TOKEN + "/\r\nContent-Length: 0\r\n\r\n"
      })
  void noBrokenAnswerCanMakeUsShowTheToken(String answer) throws IOException {
    try (RawServer raw =
            RawServer.doing(
                socket -> {
                  RawServer.say(socket, answer);
                  socket.close();
                });
        JsonApi api = api(raw.uri(), () -> TOKEN, VendorErrors.byStatus())) {

      ProviderException failure =
          catchThrowableOfType(ProviderException.class, () -> api.send(ApiRequest.post("x"), CALL));

      assertThat(printed(failure)).doesNotContain(TOKEN);
    }
  }

  @Test
  void noLogShowsTheToken() {
    server.stubFor(any(anyUrl()).willReturn(status(503)));
    Logger root = Logger.getLogger("");
    Logger okHttp = Logger.getLogger("okhttp3");
    Level before = okHttp.getLevel();
    Lines lines = new Lines();
    root.addHandler(lines);
    okHttp.setLevel(Level.ALL);
    try {

      failure(VendorErrors.byStatus());

      assertThat(lines.text).noneMatch(line -> line.contains(TOKEN));
    } finally {
      okHttp.setLevel(before);
      root.removeHandler(lines);
    }
  }

  @Test
  void aTokenThatCannotBeLookedUpIsToldByItsName() {
    try (JsonApi api =
        api(
            URI.create(server.baseUrl()),
            () -> {
              throw new IllegalStateException("vault says " + TOKEN);
            },
            VendorErrors.byStatus())) {

      ProviderException failure =
          catchThrowableOfType(ProviderException.class, () -> api.send(ApiRequest.get("x"), CALL));

      assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
      assertThat(failure)
          .hasMessage(
              "Acme: GET /x: the token ACME_TOKEN could not be looked up (IllegalStateException);"
                  + " see where it is kept");
      assertThat(printed(failure)).doesNotContain(TOKEN);
      server.verify(0, anyRequestedFor(anyUrl()));
    }
  }

  @Test
  void aTokenIsLookedUpForEachCall() {
    server.stubFor(any(anyUrl()).willReturn(status(200)));
    List<String> tokens = new ArrayList<>(List.of("old", "new"));
    try (JsonApi api =
        api(URI.create(server.baseUrl()), () -> tokens.remove(0), VendorErrors.byStatus())) {

      api.send(ApiRequest.get("x"), CALL);
      api.send(ApiRequest.get("x"), CALL);

      assertThat(server.getAllServeEvents())
          .extracting(event -> event.getRequest().getHeader("Authorization"))
          .containsExactlyInAnyOrder("Bearer old", "Bearer new");
    }
  }

  @Test
  void nothingThatCanBePrintedShowsTheToken() {
    try (JsonApi api =
        api(
            URI.create("https://user:" + TOKEN + "@acme.example/v4"),
            () -> TOKEN,
            VendorErrors.byStatus())) {

      assertThat(api.toString()).isEqualTo("JsonApi[Acme, https://acme.example/...]");
      assertThat(Redaction.of(Optional.of(TOKEN), List.of()).toString()).doesNotContain(TOKEN);
    }
  }

  @Test
  void noFailureShowsASecretOfTheBodyInWhateverFormTheVendorRepeatsIt() {
    String pin = "line \"one\"\nline two of it";
    String said = "{\"name\":\"PIN\",\"text\":" + TextNode.valueOf(pin) + "}";
    JsonNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("error", "bad value " + pin + " in " + said)
            .put("line", "line two of it")
            .put(pin, 1);
    server.stubFor(any(anyUrl()).willReturn(status(400).withBody(body.toString())));
    List<String> seen = new ArrayList<>();
    try (JsonApi api =
        api(
            URI.create(server.baseUrl()),
            () -> TOKEN,
            (status, headers, answer) -> {
              seen.add(answer.toString());
              return Optional.of(
                  ProviderException.with(FailureKind.INVALID, answer.path("error").asText()));
            })) {

      ProviderException failure =
          catchThrowableOfType(
              ProviderException.class, () -> api.send(secret(Secret.of("PIN", () -> pin)), CALL));

      assertThat(failure)
          .hasMessage(
              "Acme: PUT /x: bad value (secret) in {\"name\":\"PIN\",\"text\":\"(secret)\"}");
      assertThat(seen.get(seen.size() - 1)).doesNotContain("two of it");
      server.verify(
          putRequestedFor(anyUrl())
              .withRequestBody(equalTo("{\"text\":" + TextNode.valueOf(pin) + "}")));
    }
  }

  @Test
  void aSecretOfTheBodyThatCannotBeLookedUpKeepsItFromBeingSent() {
    Secret locked =
        Secret.of(
            "PIN",
            () -> {
              throw new IllegalStateException("vault says 1234");
            });
    try (JsonApi api = api(URI.create(server.baseUrl()), () -> TOKEN, VendorErrors.byStatus())) {

      ProviderException failure =
          catchThrowableOfType(ProviderException.class, () -> api.send(secret(locked), CALL));

      assertThat(failure.kind()).isEqualTo(FailureKind.NOT_SENT);
      assertThat(failure)
          .hasMessage(
              "Acme: PUT /x: the secret PIN could not be looked up (IllegalStateException); see"
                  + " where it is kept");
      assertThat(printed(failure)).doesNotContain("1234");
      server.verify(0, anyRequestedFor(anyUrl()));
    }
  }

  @Test
  @SuppressWarnings("NullAway") // A vault that breaks its word is what is tried.
  void aSecretOfTheBodyWithoutAValueKeepsItFromBeingSent() {
    try (JsonApi api = api(URI.create(server.baseUrl()), () -> TOKEN, VendorErrors.byStatus())) {

      ProviderException failure =
          catchThrowableOfType(
              ProviderException.class, () -> api.send(secret(Secret.of("PIN", () -> null)), CALL));

      assertThat(failure.kind()).isEqualTo(FailureKind.NOT_SENT);
      assertThat(failure).hasMessage("Acme: PUT /x: the secret PIN has no value; set it");
      server.verify(0, anyRequestedFor(anyUrl()));
    }
  }

  @Test
  void aKeyInAHeaderOfItsOwnIsHiddenAsATokenIs() {
    server.stubFor(
        any(anyUrl()).willReturn(status(400).withBody("{\"error\":\"bad key " + TOKEN + "\"}")));

    try (JsonApi api =
        JsonApi.to("Acme", URI.create(server.baseUrl()), ManualTime.create())
            .key("X-Acme-Key", Secret.of("ACME_KEY", () -> TOKEN))
            .header("X-Acme-User", "somebody")
            .errors(
                (status, headers, body) ->
                    Optional.of(
                        ProviderException.with(FailureKind.INVALID, body.path("error").asText())))
            .build()) {
      ProviderException failure =
          catchThrowableOfType(ProviderException.class, () -> api.send(ApiRequest.put("x"), CALL));

      assertThat(failure).hasMessage("Acme: PUT /x: bad key (token)");
      assertThat(api.toString()).doesNotContain(TOKEN, "ACME_KEY");
    }
    server.verify(
        putRequestedFor(anyUrl())
            .withHeader("X-Acme-Key", equalTo(TOKEN))
            .withHeader("X-Acme-User", equalTo("somebody"))
            .withoutHeader("Authorization"));
  }

  @Test
  void aTokenOfARequestIsSentInsteadOfTheApisAndHiddenAsThatIs() {
    String own = "t0k3n-0f-0ne-upl0ad";
    server.stubFor(
        any(anyUrl()).willReturn(status(400).withBody("{\"error\":\"bad token " + own + "\"}")));

    try (JsonApi api =
        JsonApi.to("Acme", URI.create(server.baseUrl()), ManualTime.create())
            .key("X-Acme-Key", Secret.of("ACME_KEY", () -> TOKEN))
            .header("X-Acme-User", "somebody")
            .errors(
                (status, headers, body) ->
                    Optional.of(
                        ProviderException.with(FailureKind.INVALID, body.path("error").asText())))
            .build()) {
      ApiRequest request =
          ApiRequest.put("x").header("X-Extra", "yes").token(Secret.of("UPLOAD", () -> own));
      ProviderException failure =
          catchThrowableOfType(ProviderException.class, () -> api.send(request, CALL));

      assertThat(failure).hasMessage("Acme: PUT /x: bad token (token)");
    }
    server.verify(
        putRequestedFor(anyUrl())
            .withHeader("Authorization", equalTo("Bearer " + own))
            .withHeader("X-Extra", equalTo("yes"))
            .withoutHeader("X-Acme-Key")
            .withoutHeader("X-Acme-User"));
  }

  private static ApiRequest secret(Secret value) {
    return ApiRequest.put("x")
        .json(values -> JsonNodeFactory.instance.objectNode().put("text", values.of(value)));
  }

  private static ProviderException failure(VendorErrors errors) {
    try (JsonApi api = api(URI.create(server.baseUrl()), () -> TOKEN, errors)) {
      return catchThrowableOfType(
          ProviderException.class, () -> api.send(ApiRequest.post("x"), CALL));
    }
  }

  private static JsonApi api(URI base, Supplier<String> token, VendorErrors errors) {
    return JsonApi.to("Acme", base, ManualTime.create())
        .token(Secret.of("ACME_TOKEN", token))
        .errors(errors)
        .build();
  }

  private static String printed(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static final class Lines extends Handler {

    private final List<String> text = new CopyOnWriteArrayList<>();

    private Lines() {
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord line) {
      text.add(new SimpleFormatter().format(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
