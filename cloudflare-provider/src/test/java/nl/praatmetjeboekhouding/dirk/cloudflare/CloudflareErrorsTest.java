package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudflareErrorsTest {

  private final CloudflareErrors errors = new CloudflareErrors();

  @ParameterizedTest(name = "{1} with {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "401 |   1000 | UNAUTHENTICATED | check that the token is whole",
        "400 |   6003 | UNAUTHENTICATED | check that the token is whole",
        "400 |   9106 | UNAUTHENTICATED | check that the token is whole",
        "403 |   9109 | UNAUTHENTICATED | check that the token is whole",
        "401 |  10000 | UNAUTHENTICATED | give the token the permission Workers Scripts Write",
        "403 |  10000 | FORBIDDEN       | give the token the permission Workers Scripts Write",
        "403 |  10023 | FORBIDDEN       | give the token the permission Workers Scripts Write",
        "403 |  10015 | FORBIDDEN       | the account's plan",
        "404 |  10007 | NOT_FOUND       | check the Worker's name and the account",
        "404 |  10090 | NOT_FOUND       | check the Worker's name and the account",
        "404 |   7003 | NOT_FOUND       | check the ids of account and zone",
        "404 |  10222 | NOT_FOUND       | upload one first",
        "400 |  10063 | NOT_FOUND       | register a workers.dev subdomain",
        "404 | 100146 | UNAVAILABLE     | try again in some seconds",
        "400 |  10006 | INVALID         | fix it and build again",
        "400 |  10021 | INVALID         | fix it and build again",
        "400 |  10068 | INVALID         | export a fetch handler",
        "413 |  10027 | INVALID         | make the bundle smaller",
        "400 |  10052 | INVALID         | check the bindings and vars",
        "400 |  10054 | INVALID         | check the bindings and vars",
        "400 |  10055 | INVALID         | check the bindings and vars",
        "400 |  10056 | INVALID         | create the resource that the binding names",
        "400 |  10057 | INVALID         | set the secrets",
        "400 |  10016 | INVALID         | choose another name",
        "400 | 100132 | INVALID         | choose another name",
        "409 |  10040 | CONFLICT        | choose another",
        "400 |  10037 | INVALID         | delete a Worker",
        "400 | 100308 | INVALID         | head_sampling_rate",
        "400 | 100102 | INVALID         | shorter tags",
        "409 |  10020 | CONFLICT        | free it first",
        "400 |  10026 | INVALID         | a newer version of Dirk",
        "429 |  10035 | THROTTLED       | wait",
        "409 |  10035 | CONFLICT        | look, then try again",
        "400 |  10214 | CONFLICT        | Workers.versionSecrets()",
        "400 |  10215 | CONFLICT        | deploy it first",
        "400 |  10220 | INELIGIBLE      | a secret was changed since",
        "400 |  10211 | INELIGIBLE      | Durable Object migration",
        "409 | 100402 | INELIGIBLE      | Durable Object migration",
        "400 | 100405 | INELIGIBLE      | give one all traffic",
        "400 |    971 | THROTTLED       | wait",
        "404 |  10006 | NOT_FOUND       | create the R2 bucket",
        "404 |  10092 | NOT_FOUND       | dispatch namespace",
        "404 |  10025 | NOT_FOUND       | upload a version",
        "409 |  10031 | INVALID         | choose another workers.dev subdomain",
        "400 |  10209 | CONFLICT        | jurisdiction",
        "400 |  10014 | CONFLICT        | title already",
        "404 |  10081 | NOT_FOUND       | none of these rules",
        "404 |   7404 | NOT_FOUND       | create the D1 database",
        "400 |   7502 | CONFLICT        | this name already",
        "400 |   7406 | INVALID         | a higher limit",
        "404 | 8000007 | NOT_FOUND      | create the Pages project",
        "401 | 8000013 | UNAUTHENTICATED | begin it again",
      })
  void saysWhatACodeMeansAndWhatToDo(int status, int code, FailureKind kind, String advice)
      throws JsonProcessingException {
    ProviderException failure = failure(status, Map.of(), envelope(code, "as it says"));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure)
        .hasMessageStartingWith("answered " + status + " with code " + code + ": as it says; ")
        .hasMessageContaining(advice);
    assertThat(failure.vendorCodes()).containsExactly(Integer.toString(code));
  }

  @Test
  void goesByTheStatusForACodeThatItDoesNotKnow() throws JsonProcessingException {
    ProviderException failure = failure(400, Map.of(), envelope(123456, "something new"));

    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
    assertThat(failure)
        .hasMessage("answered 400 with code 123456: something new; look the code up at Cloudflare");
  }

  @Test
  void takesTheFirstCodeThatItKnows() throws JsonProcessingException {
    JsonNode body =
        json(
            "{'success':false,'errors':[{'code':123456,'message':'a'},"
                + "{'code':10021,'message':'b'}]}");

    ProviderException failure = failure(400, Map.of(), body);

    assertThat(failure).hasMessageContaining("fix it and build again");
    assertThat(failure.vendorCodes()).containsExactly("123456", "10021");
  }

  @ParameterizedTest
  @ValueSource(ints = {10013, 10007, 10035})
  void doesNotTrustTheCodesOfWhatBrokeDown(int code) throws JsonProcessingException {
    ProviderException failure = failure(500, Map.of(), envelope(code, "unknown error"));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("unknown error").hasMessageContaining("status");
  }

  @Test
  void tellsTheLimitWhenTooMuchWasAsked() {
    ProviderException failure = failure(429, Map.of(), MissingNode.getInstance());

    assertThat(failure.kind()).isEqualTo(FailureKind.THROTTLED);
    assertThat(failure).hasMessageContaining("1200 requests").hasMessageContaining("wait");
  }

  @Test
  void tellsAChallengePageFromAMissingPermission() {
    ProviderException failure =
        failure(
            403,
            Map.of("cf-mitigated", "challenge", "cf-ray", "8f0a-AMS"),
            MissingNode.getInstance());

    assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
    assertThat(failure).hasMessageContaining("firewall").hasMessageContaining("let its address");
    assertThat(failure.requestId()).contains("8f0a-AMS");
  }

  @Test
  void tellsAPageOfSomebodyElseFromTheApi() {
    ProviderException failure = failure(404, Map.of(), MissingNode.getInstance());

    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(failure).hasMessageContaining("not from Cloudflare's API itself");
  }

  @Test
  void doesNotTakeAnAnswerForGoodThatDoesNotSaySo() throws JsonProcessingException {
    ProviderException failure = failure(200, Map.of(), json("{'result':{}}"));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNREADABLE);
  }

  @Test
  void keepsLongAndMultiLineMessagesShort() throws JsonProcessingException {
    ProviderException failure =
        failure(400, Map.of(), envelope(10021, "Uncaught\\n" + "x".repeat(1000)));

    assertThat(failure.getMessage()).hasSizeLessThan(500).doesNotContain("\n");
  }

  @Test
  void takesNoContentForGood() {
    assertThat(errors.check(204, Map.of(), MissingNode.getInstance())).isEmpty();
  }

  private ProviderException failure(int status, Map<String, String> headers, JsonNode body) {
    return errors.check(status, headers, body).orElseThrow().build();
  }

  private static JsonNode envelope(int code, String message) throws JsonProcessingException {
    return json(
        "{'success':false,'result':null,'errors':[{'code':%d,'message':'%s'}]}"
            .formatted(code, message));
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
