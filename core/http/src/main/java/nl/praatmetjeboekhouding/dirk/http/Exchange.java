package nl.praatmetjeboekhouding.dirk.http;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.VendorRequest;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** What all requests of one API share: threads, connections, rules. */
final class Exchange implements AutoCloseable {

  private final OkHttpClient client;
  private final Answers answers;
  private final RetryRules retries;
  private final Duration attemptTimeout;
  private final List<String> idHeaders;
  private final TimeSource time;
  private final Cancellation closing = Cancellation.create();

  Exchange(
      Dispatcher dispatcher,
      Answers answers,
      RetryRules retries,
      Duration attemptTimeout,
      List<String> idHeaders,
      TimeSource time) {
    this.answers = answers;
    this.retries = retries;
    this.attemptTimeout = attemptTimeout;
    this.idHeaders = idHeaders;
    this.time = time;
    client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .socketFactory(new NoDelaySockets())
            .retryOnConnectionFailure(false)
            .addNetworkInterceptor(new SentOnce())
            .addNetworkInterceptor(Departure::watch)
            .followRedirects(false)
            .followSslRedirects(false)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .build();
  }

  /** Sends a question on its way. */
  Delivery start(Question question, CallContext call) {
    Delivery delivery =
        new Delivery(this, question, retries.begin(question.repeatable()), call, time);
    delivery.start(call.cancellation(), closing);
    return delivery;
  }

  /** How long an attempt may take where so much is left of the call. */
  Duration allowed(Duration left) {
    return CallTimeout.shorter(left, attemptTimeout);
  }

  /** Who tells the audit of an attempt. */
  Telling telling(Question question, Departure departure, Consumer<VendorRequest> audit) {
    return new Telling(question, departure, idHeaders, audit, time);
  }

  /** One attempt, not yet under way. */
  Call call(Question question, Departure departure, Duration timeout) {
    return client
        .newBuilder()
        .callTimeout(timeout)
        .build()
        .newCall(question.request().newBuilder().tag(Departure.class, departure).build());
  }

  ApiAnswer judged(Question question, Response response) throws IOException {
    return answers.judged(question, response);
  }

  /**
   * Runs a wait without taking a place among the calls that run at once.
   *
   * @throws RejectedExecutionException if this is closed
   */
  void aside(Runnable wait) {
    client.dispatcher().executorService().execute(wait);
  }

  /** Ends what is under way and frees threads and connections. A second close does nothing. */
  @Override
  public void close() {
    closing.cancel("closed");
    // A connection that a call still holds becomes idle after the eviction below.
    client.dispatcher().setIdleCallback(client.connectionPool()::evictAll);
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
