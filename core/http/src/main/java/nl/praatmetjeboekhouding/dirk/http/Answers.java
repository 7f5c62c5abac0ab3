package nl.praatmetjeboekhouding.dirk.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import okhttp3.Headers;
import okhttp3.Response;

/** Reads what came back, and judges it by the vendor's rules, which never see a secret. */
final class Answers {

  private static final ObjectReader JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

  private final VendorErrors errors;
  private final int limit;
  private final InstantSource clock;

  /**
   * Answers of one vendor.
   *
   * @param limit how many bytes an answer may have
   */
  Answers(VendorErrors errors, int limit, InstantSource clock) {
    this.errors = errors;
    this.limit = limit;
    this.clock = clock;
  }

  /**
   * The good answer.
   *
   * @throws ProviderException if it is none
   * @throws NotJson if it calls itself good and cannot be read
   * @throws IOException if it breaks off
   */
  ApiAnswer judged(Question question, Response response) throws IOException {
    int status = response.code();
    Map<String, String> headers = headers(response.headers());
    JsonNode body = response.isSuccessful() ? body(question, response) : bodyIfReadable(response);
    if (errors.check(status, headers, body).isPresent()) {
      throw refusal(question, status, headers, body);
    }
    return new ApiAnswer(status, headers, body);
  }

  /** What the rules say of the answer when no secret is in it. */
  private ProviderException refusal(
      Question question, int status, Map<String, String> headers, JsonNode body) {
    Redaction redaction = question.redaction();
    ProviderException found =
        errors
            .check(status, redaction.headers(headers), redaction.json(body))
            .orElseGet(() -> ProviderException.with(FailureKind.UNREADABLE, "answered " + status))
            .build();
    return withWait(question.failed(found), headers);
  }

  private ProviderException withWait(
      ProviderException.Builder failure, Map<String, String> headers) {
    ProviderException built = failure.build();
    return built.retryAfter().isPresent()
        ? built
        : RetryAfter.of(headers, clock.instant())
            .map(wait -> failure.retryAfter(wait).build())
            .orElse(built);
  }

  private JsonNode body(Question question, Response response) throws IOException {
    if (response.body().contentLength() > limit) {
      throw tooLong(question, response);
    }
    byte[] bytes = read(response);
    if (bytes.length > limit) {
      throw tooLong(question, response);
    }
    try {
      return parsed(bytes);
    } catch (JsonProcessingException e) {
      throw new NotJson(
          unreadable(
              question,
              response,
              "something that is not JSON; check the API's address and what stands between"));
    }
  }

  private ProviderException tooLong(Question question, Response response) {
    return unreadable(
        question,
        response,
        "more than " + limit + " bytes; look at the vendor whether it took effect");
  }

  private static ProviderException unreadable(Question question, Response response, String with) {
    return question.failed(
        FailureKind.UNREADABLE, "answered " + response.code() + " with " + with, null);
  }

  private JsonNode bodyIfReadable(Response response) {
    try {
      byte[] bytes = read(response);
      return bytes.length > limit ? MissingNode.getInstance() : parsed(bytes);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private byte[] read(Response response) throws IOException {
    return response.body().byteStream().readNBytes(limit + 1);
  }

  private static JsonNode parsed(byte[] bytes) throws IOException {
    return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
  }

  /** The headers by name in lower case; several of one name are joined by a comma. */
  static Map<String, String> headers(Headers headers) {
    Map<String, String> joined = new LinkedHashMap<>();
    headers.toMultimap().forEach((name, values) -> joined.put(name, String.join(", ", values)));
    return joined;
  }
}
