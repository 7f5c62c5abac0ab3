package nl.praatmetjeboekhouding.dirk.http;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class JsonApiRetryTest {

  private static final CallContext CALL = CallContext.of(Duration.ofMinutes(1));
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  @RegisterExtension
  static final WireMockExtension server = WireMockExtension.newInstance().build();

  private final Pauses time = new Pauses();

  @Test
  void waitsTwiceAsLongBeforeTheSecondRetryWithoutTheRandomPart() {
    answers(status(503));

    failure(ApiRequest.get("x"), CALL, 1);

    assertThat(time.waits()).hasSize(2);
    assertThat(time.waits().get(0)).isBetween(Duration.ofMillis(250), HALF_A_SECOND);
    assertThat(time.waits().get(1)).isBetween(HALF_A_SECOND, Duration.ofSeconds(1));
  }

  @Test
  void waitsAreRandomAndTheSameForTheSameSeed() {
    answers(status(503));

    failure(ApiRequest.get("x"), CALL, 1);
    failure(ApiRequest.get("x"), CALL, 1);
    failure(ApiRequest.get("x"), CALL, 2);

    List<Duration> waits = time.waits();
    assertThat(waits.subList(2, 4)).isEqualTo(waits.subList(0, 2));
    assertThat(waits.subList(4, 6)).isNotEqualTo(waits.subList(0, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "Thu, 01 Jan 2026 00:00:07 GMT",
        "Thursday, 01-Jan-26 00:00:07 GMT",
        "Thu Jan  1 00:00:07 2026"
      })
  void doesNotComeBackBeforeTheVendorSays(String retryAfter) {
    answersThenFine(status(429).withHeader("Retry-After", retryAfter));

    ApiAnswer answer = send(ApiRequest.get("x"), CALL, 1);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(time.waits()).hasSize(1);
    assertThat(time.waits().get(0))
        .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(7).plus(HALF_A_SECOND));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "99999999999", "", "Thu, 01 Jan 1970 00:00:00 GMT", "0"})
  void aRetryAfterThatIsNonsenseOrOverIsNoReasonToWaitLonger(String retryAfter) {
    answersThenFine(status(503).withHeader("Retry-After", retryAfter));

    ApiAnswer answer = send(ApiRequest.get("x"), CALL, 1);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(time.waits().get(0)).isLessThanOrEqualTo(HALF_A_SECOND);
  }

  @Test
  void aWaitThatDoesNotFitIntoTheCallIsNotBegun() {
    answers(status(429).withHeader("Retry-After", "61"));

    ProviderException failure = failure(ApiRequest.get("x"), CALL, 1);

    assertThat(failure.kind()).isEqualTo(FailureKind.THROTTLED);
    assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(61));
    assertThat(time.waits()).isEmpty();
  }

  @Test
  void allAttemptsAndWaitsShareTheTimeOfTheCall() {
    answers(status(429).withHeader("Retry-After", "35"));

    failure(ApiRequest.get("x"), CALL, 1);

    assertThat(time.waits()).hasSize(1);
    server.verify(2, anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @CsvSource({"429,7", "503,0", "503,7", "500,0"})
  void aWriteIsSentOnceWhateverTheVendorAsks(int status, String retryAfter) {
    answers(status(status).withHeader("Retry-After", retryAfter));

    failure(ApiRequest.post("x"), CALL, 1);

    assertThat(time.waits()).isEmpty();
    server.verify(1, anyRequestedFor(anyUrl()));
  }

  @Test
  void aWriteThatIsContentAddressedIsSentAgain() {
    answersThenFine(status(503));

    ApiAnswer answer = send(ApiRequest.put("assets", "sha256-1").repeatable(), CALL, 1);

    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>Just a moment</html>", "{\"a\":"})
  void readsAgainWhatCallsItselfGoodAndIsNoJson(String body) {
    answersThenFine(status(200).withBody(body));

    ApiAnswer answer = send(ApiRequest.get("x"), CALL, 1);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(time.waits()).hasSize(1);
  }

  @Test
  void aReadThatIsNeverJsonSaysSo() {
    answers(status(200).withBody("<html>Sign in</html>"));

    ProviderException failure = failure(ApiRequest.get("x"), CALL, 1);

    assertThat(failure.kind()).isEqualTo(FailureKind.UNREADABLE);
    assertThat(failure).hasMessageContaining("something that is not JSON");
    server.verify(3, anyRequestedFor(anyUrl()));
  }

  @Test
  void aReadThatCannotGetBetterIsNotRepeated() {
    answers(status(404));

    failure(ApiRequest.get("x"), CALL, 1);

    server.verify(1, anyRequestedFor(anyUrl()));
  }

  @Test
  void aWriteThatMayHaveWorkedOnceIsNotToldAsOneThatChangedNothing() {
    answersThen(new ResponseDefinitionBuilder().withFault(Fault.EMPTY_RESPONSE), status(401));

    ProviderException write = failure(ApiRequest.put("x").repeatable(), CALL, 1);

    assertThat(write.kind()).isEqualTo(FailureKind.BROKEN_OFF);
    server.verify(2, anyRequestedFor(anyUrl()));
  }

  @Test
  void aReadTellsWhatWentWrongLast() {
    answersThen(status(500), status(401));

    assertThat(failure(ApiRequest.get("x"), CALL, 1).kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
  }

  @Test
  void aStopEndsTheWait() {
    answers(status(503));
    Cancellation cancellation = Cancellation.create();
    CallContext call = new CallContext(Duration.ofMinutes(1), cancellation);
    time.after(Duration.ofMillis(100), () -> cancellation.cancel("enough"));

    ProviderException failure = failure(ApiRequest.get("x"), call, 1);

    assertThat(failure.kind()).isEqualTo(FailureKind.STOPPED);
    server.verify(1, anyRequestedFor(anyUrl()));
  }

  private static void answers(ResponseDefinitionBuilder answer) {
    server.stubFor(any(anyUrl()).willReturn(answer));
  }

  private static void answersThenFine(ResponseDefinitionBuilder first) {
    answersThen(first, status(200).withBody("{}"));
  }

  private static void answersThen(
      ResponseDefinitionBuilder first, ResponseDefinitionBuilder second) {
    server.stubFor(
        any(anyUrl())
            .inScenario("two")
            .whenScenarioStateIs(STARTED)
            .willReturn(first)
            .willSetStateTo("second"));
    server.stubFor(
        any(anyUrl()).inScenario("two").whenScenarioStateIs("second").willReturn(second));
  }

  private ProviderException failure(ApiRequest request, CallContext call, long seed) {
    return catchThrowableOfType(ProviderException.class, () -> send(request, call, seed));
  }

  private ApiAnswer send(ApiRequest request, CallContext call, long seed) {
    try (JsonApi api = JsonApi.to("Acme", URI.create(server.baseUrl()), time).seed(seed).build()) {
      return api.send(request, call);
    }
  }
}
