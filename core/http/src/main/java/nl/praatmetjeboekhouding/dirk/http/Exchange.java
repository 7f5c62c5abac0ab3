package nl.praatmetjeboekhouding.dirk.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** Sends a request once and judges what comes back. */
final class Exchange {

  private static final ObjectReader JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

  private final OkHttpClient client;
  private final VendorErrors errors;
  private final int answerLimit;
  private final TimeSource time;

  Exchange(OkHttpClient client, VendorErrors errors, int answerLimit, TimeSource time) {
    this.client = client;
    this.errors = errors;
    this.answerLimit = answerLimit;
    this.time = time;
  }

  ApiAnswer send(Question question, Duration timeout, Cancellation cancellation) {
    SentWatch watch = new SentWatch();
    Call call =
        client
            .newBuilder()
            .eventListener(watch)
            .callTimeout(timeout)
            .build()
            .newCall(question.request());
    try (Cancellation.Registration registration = cancellation.onStop(call::cancel);
        Response response = call.execute()) {
      return judged(question, response);
    } catch (IOException e) {
      if (cancellation.isStopped() || client.dispatcher().executorService().isShutdown()) {
        throw question.failed(FailureKind.STOPPED, "stopped by the caller", null);
      }
      throw broken(question, e, watch.maybeSent(), timeout);
    }
  }

  private ApiAnswer judged(Question question, Response response) throws IOException {
    Map<String, String> headers = headers(response.headers());
    boolean good = response.isSuccessful();
    JsonNode body = good ? body(question, response) : bodyIfReadable(response);
    ProviderException.Builder failure =
        errors
            .check(response.code(), headers, body)
            .map(found -> question.failed(withWait(found, headers)))
            .orElse(null);
    if (failure != null) {
      throw failure.build();
    }
    return new ApiAnswer(response.code(), headers, body);
  }

  private ProviderException withWait(ProviderException.Builder found, Map<String, String> headers) {
    ProviderException failure = found.build();
    return failure.retryAfter().isPresent()
        ? failure
        : RetryAfter.of(headers, time.instant())
            .map(wait -> found.retryAfter(wait).build())
            .orElse(failure);
  }

  private JsonNode body(Question question, Response response) throws IOException {
    byte[] bytes = read(response);
    if (bytes.length > answerLimit) {
      throw question.failed(
          FailureKind.UNREADABLE,
          "answered "
              + response.code()
              + " with more than "
              + answerLimit
              + " bytes; look at the"
              + " vendor whether it took effect",
          null);
    }
    try {
      return parsed(bytes);
    } catch (JsonProcessingException e) {
      throw question.failed(
          FailureKind.UNREADABLE,
          "answered "
              + response.code()
              + " with something that is not JSON; check the API's"
              + " address and what stands between",
          null);
    }
  }

  private JsonNode bodyIfReadable(Response response) {
    try {
      byte[] bytes = read(response);
      return bytes.length > answerLimit ? MissingNode.getInstance() : parsed(bytes);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private byte[] read(Response response) throws IOException {
    return response.body().byteStream().readNBytes(answerLimit + 1);
  }

  private static JsonNode parsed(byte[] bytes) throws IOException {
    return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
  }

  private static ProviderException broken(
      Question question, IOException thrown, boolean maybeSent, Duration timeout) {
    // What OkHttp says about garbage repeats the garbage.
    IOException cause = thrown instanceof ProtocolException ? null : thrown;
    if (!maybeSent) {
      return question.failed(
          FailureKind.NOT_SENT,
          "could not be sent ("
              + thrown.getClass().getSimpleName()
              + "); check the API's address"
              + " and the network",
          cause);
    }
    if (thrown instanceof InterruptedIOException) {
      return question.failed(
          FailureKind.TIMEOUT,
          "no answer within " + timeout.toMillis() + " ms; see the vendor's status page",
          cause);
    }
    return question.failed(
        FailureKind.BROKEN_OFF,
        "the connection broke before the answer was complete; see the vendor's status page",
        cause);
  }

  static Map<String, String> headers(Headers headers) {
    Map<String, String> joined = new LinkedHashMap<>();
    headers.toMultimap().forEach((name, values) -> joined.put(name, String.join(", ", values)));
    return joined;
  }
}
