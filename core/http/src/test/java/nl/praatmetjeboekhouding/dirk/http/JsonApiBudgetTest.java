package nl.praatmetjeboekhouding.dirk.http;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class JsonApiBudgetTest {

  private static final CallContext CALL = CallContext.of(Duration.ofMinutes(1));
  private static final int REQUESTS = 10;
  private static final Duration WITHIN = Duration.ofSeconds(10);

  @RegisterExtension
  static final WireMockExtension server = WireMockExtension.newInstance().build();

  private final Pauses time = new Pauses();

  @BeforeEach
  void fine() {
    answers(okJson("{}"));
  }

  @Test
  void halfOfItGoesAtOnceAndTheRestComesEvenly() {
    try (JsonApi api = api("token-1")) {
      send(api, 8);
    }

    assertThat(time.waits())
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2));
  }

  @Test
  void noSpanOfItsTimeSeesMoreThanAllOfIt() {
    ManualTime manual = ManualTime.create();
    RequestBudget budget = new RequestBudget(new RequestBudget.Limit(REQUESTS, WITHIN), manual);
    List<Long> sent = new ArrayList<>();
    for (int request = 0; request < 500; request++) {
      manual.advance(Duration.ofMillis(request % 50 == 0 ? 7_000 : request * 37 % 400));
      manual.advance(budget.turn(this));
      sent.add(manual.nanoTime());
    }

    for (int first = 0; first + REQUESTS < sent.size(); first++) {
      assertThat(sent.get(first + REQUESTS) - sent.get(first)).isGreaterThan(WITHIN.toNanos() - 1);
    }
  }

  @Test
  void whoeverUsesTheSameTokenSharesIt() {
    try (JsonApi one = api("token-1");
        JsonApi other = api("token-1");
        JsonApi stranger = api("token-2")) {
      send(one, 5);
      send(stranger, 5);
      assertThat(time.waits()).isEmpty();

      send(other, 1);
    }

    assertThat(time.waits()).hasSize(1);
  }

  @Test
  void aRequestWithATokenOfItsOwnTakesNothingOfTheApis() {
    ApiRequest own = ApiRequest.get("x").token(Secret.of("UPLOAD", () -> "token-2"));
    try (JsonApi api = api("token-1")) {
      send(api, 5);

      api.send(own, CALL);

      assertThat(time.waits()).isEmpty();
    }
  }

  @Test
  void noMoreIsBegunThanThereAreRequestsFor() {
    try (JsonApi one = api("token-1");
        JsonApi other = api("token-1");
        JsonApi stranger = api("token-2")) {
      one.reserve(4);
      one.reserve(4);
      stranger.reserve(4);

      ProviderException failure =
          catchThrowableOfType(ProviderException.class, () -> other.reserve(4));

      assertThat(failure.kind()).isEqualTo(FailureKind.THROTTLED);
      assertThat(failure.retryAfter().orElseThrow()).isPositive();
      assertThat(failure).hasMessageContaining("nothing was begun");
    }
  }

  @Test
  void whatIsReservedIsThereWhenItIsUsedAndFreeForOthersAfterwards() {
    try (JsonApi one = api("token-1");
        JsonApi other = api("token-1")) {
      one.reserve(4);
      send(one, 4);
      assertThat(time.waits()).isEmpty();

      ProviderException failure =
          catchThrowableOfType(ProviderException.class, () -> other.reserve(4));
      time.advance(failure.retryAfter().orElseThrow());
      other.reserve(4);
      send(other, 4);
    }

    assertThat(time.waits()).isEmpty();
  }

  @Test
  void whatIsReservedAndNotUsedForHalfAMinuteIsGivenBack() {
    try (JsonApi one = api("token-1");
        JsonApi other = api("token-1")) {
      one.reserve(4);
      time.advance(Duration.ofSeconds(30));

      assertThatCode(() -> other.reserve(4)).doesNotThrowAnyException();
    }
  }

  @Test
  void singleRequestsOfOthersGoAlsoIfAllIsReserved() {
    try (JsonApi one = api("token-1");
        JsonApi other = api("token-1")) {
      one.reserve(5);

      send(other, 1);
    }

    assertThat(time.waits()).isEmpty();
  }

  @Test
  void whatWouldWaitTooLongIsNotSentAndTakesNothing() {
    try (JsonApi api = api("token-1")) {
      send(api, 5);
      CallContext hurried = CallContext.of(Duration.ofSeconds(3));

      ProviderException failure =
          catchThrowableOfType(
              ProviderException.class, () -> api.send(ApiRequest.post("x"), hurried));

      assertThat(failure.kind()).isEqualTo(FailureKind.THROTTLED);
      assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(2));
      assertThat(failure)
          .hasMessageContaining("POST /x: not sent")
          .hasMessageContaining("10 requests of one token are taken in 10 s")
          .hasMessageContaining("in 2000 ms");
      server.verify(5, anyRequestedFor(anyUrl()));
      send(api, 1);
    }
    assertThat(time.waits()).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void whatTheVendorSaysIsLeftCountsIfItIsLess() {
    try (JsonApi api = api("token-1")) {
      answers(okJson("{}").withHeader("RateLimit", "\"default\";r=1;t=30"));
      send(api, 1);
      answers(okJson("{}").withHeader("RateLimit", "\"default\";r=900;t=30"));
      send(api, 2);
    }

    assertThat(time.waits()).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void whereNothingIsLeftAllWaitUntilThereIsAgain() {
    try (JsonApi api = api("token-1")) {
      answers(okJson("{}").withHeader("RateLimit", "\"burst\";r=50;t=60, \"default\";r=0;t=9"));
      send(api, 1);
      answers(okJson("{}"));
      send(api, 1);
    }

    assertThat(time.waits()).containsExactly(Duration.ofSeconds(9));
  }

  @Test
  void aRefusalHoldsBackEverybody() {
    try (JsonApi refused = api("token-1");
        JsonApi other = api("token-1")) {
      answers(status(429).withHeader("Retry-After", "8"));
      assertThatExceptionOfType(ProviderException.class)
          .isThrownBy(() -> refused.send(ApiRequest.post("x"), CALL));
      answers(okJson("{}"));
      send(other, 1);
    }

    assertThat(time.waits()).containsExactly(Duration.ofSeconds(8));
  }

  @Test
  void aRefusalIsBelievedForNoLongerThanItsOwnTime() {
    RequestBudget budget = new RequestBudget(new RequestBudget.Limit(REQUESTS, WITHIN), time);

    budget.heard(429, Map.of("retry-after", "999999"), time.instant());

    assertThat(budget.turn(this)).isEqualTo(WITHIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "r=", "\"default\";r=-1;t=x", ";r=99999999999999999999", ",,;"})
  void nonsenseChangesNothing(String header) {
    try (JsonApi api = api("token-1")) {
      answers(okJson("{}").withHeader("RateLimit", header));
      send(api, 5);
    }

    assertThat(time.waits()).isEmpty();
  }

  @Test
  void isNoneWithoutRequests() {
    JsonApi.Builder builder = JsonApi.to("Acme", URI.create("http://localhost"), time);

    assertThatIllegalArgumentException().isThrownBy(() -> builder.budget(1, WITHIN));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.budget(2, Duration.ZERO));
  }

  private static void answers(ResponseDefinitionBuilder answer) {
    server.stubFor(any(anyUrl()).willReturn(answer));
  }

  private static void send(JsonApi api, int times) {
    for (int time = 0; time < times; time++) {
      ApiAnswer unused = api.send(ApiRequest.get("x"), CALL);
    }
  }

  private JsonApi api(String token) {
    return JsonApi.to("Acme", URI.create(server.baseUrl()), time)
        .token(Secret.of("TOKEN", () -> token))
        .budget(REQUESTS, WITHIN)
        .build();
  }
}
