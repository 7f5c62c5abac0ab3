package nl.praatmetjeboekhouding.dirk.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's JSON API over HTTP.
 *
 * <p>GETs and what is {@linkplain ApiRequest#repeatable() repeatable} are sent up to three times
 * within {@link CallContext#timeout()}; everything else is sent exactly once. Redirects are not
 * followed. All that goes wrong is a {@link ProviderException}, whose message never holds the token
 * or a body. Safe for use by several threads.
 */
public final class JsonApi implements AutoCloseable {

  private final String vendor;
  private final HttpUrl base;
  private final @Nullable Secret token;
  private final String userAgent;
  private final OkHttpClient client;
  private final Attempts attempts;

  private JsonApi(Builder builder) {
    vendor = builder.vendor;
    base = builder.base;
    token = builder.token;
    userAgent = builder.userAgent;
    client =
        new OkHttpClient.Builder()
            .socketFactory(new NoDelaySockets())
            .retryOnConnectionFailure(false)
            .addNetworkInterceptor(new SentOnce())
            .followRedirects(false)
            .followSslRedirects(false)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .build();
    attempts =
        new Attempts(
            new Exchange(client, builder.errors, builder.answerLimit, builder.time),
            builder.attemptTimeout,
            builder.time);
  }

  /**
   * Starts an API.
   *
   * @param vendor who it belongs to, for messages
   * @param base what every path is below; http or https
   * @param time where stamps and waits come from
   * @throws IllegalArgumentException if {@code base} is neither http nor https
   */
  public static Builder to(String vendor, URI base, TimeSource time) {
    return new Builder(vendor, base, time);
  }

  /**
   * Asks and waits for the answer. An interrupt detaches {@link CallContext#cancellation()} and
   * keeps the thread's interrupt flag set.
   *
   * @throws ProviderException if there is no good answer
   */
  public ApiAnswer send(ApiRequest request, CallContext call) {
    CompletableFuture<ApiAnswer> answer = start(request, call);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return answer.get();
        } catch (InterruptedException e) {
          interrupted = true;
          call.cancellation().detach("the thread was interrupted");
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Asks without waiting. The answer comes on a thread of this API, or a {@link ProviderException}
   * does; only {@link CallContext#cancellation()} ends it early.
   */
  public CompletableFuture<ApiAnswer> start(ApiRequest request, CallContext call) {
    requireNonNull(call, "call");
    Question question = question(request);
    try {
      return CompletableFuture.supplyAsync(
          () -> attempts.send(question, request.isRepeatable(), call),
          client.dispatcher().executorService());
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          question.failed(FailureKind.NOT_SENT, "could not be sent; it was closed before", null));
    }
  }

  private Question question(ApiRequest request) {
    HttpUrl.Builder url = base.newBuilder();
    request.segments().forEach(url::addPathSegment);
    request.queries().forEach(query -> url.addQueryParameter(query.name(), query.value()));
    Request.Builder built =
        new Request.Builder()
            .url(url.build())
            .headers(request.headers())
            .method(request.method(), request.body())
            .header("Accept", "application/json")
            .header("User-Agent", userAgent);
    Optional<String> value = Optional.ofNullable(token).map(Secret::reveal);
    Question open = new Question(vendor, built.build(), value.filter(text -> !text.isEmpty()));
    if (value.filter(String::isBlank).isPresent()) {
      throw open.failed(FailureKind.UNAUTHENTICATED, "the token is empty; set it", null);
    }
    try {
      return value
          .map(text -> built.header("Authorization", "Bearer " + text).build())
          .map(signed -> new Question(vendor, signed, value))
          .orElse(open);
    } catch (IllegalArgumentException e) {
      throw open.failed(
          FailureKind.UNAUTHENTICATED,
          "the token holds characters that cannot be sent; check it for line ends and spaces",
          null);
    }
  }

  /** Ends what is under way and frees threads and connections. A second close does nothing. */
  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
  }

  /** Who it is, without the token. */
  @Override
  public String toString() {
    return "JsonApi[" + vendor + ", " + base.redact() + "]";
  }

  /** Collects what an API needs. Not thread-safe. */
  public static final class Builder {

    private final String vendor;
    private final HttpUrl base;
    private final TimeSource time;
    private @Nullable Secret token;
    private String userAgent = "dirk";
    private int answerLimit = 16 * 1024 * 1024;
    private Duration attemptTimeout = Duration.ofSeconds(30);
    private VendorErrors errors = VendorErrors.byStatus();

    private Builder(String vendor, URI base, TimeSource time) {
      this.vendor = requireNonNull(vendor, "vendor");
      this.base = HttpUrl.get(base.toString());
      this.time = requireNonNull(time, "time");
    }

    /** Sent as a bearer token (RFC 6750), looked up for each call; without it none is sent. */
    public Builder token(Secret bearer) {
      token = requireNonNull(bearer, "bearer");
      return this;
    }

    /** What the vendor sees who asks; {@code dirk} if not said. */
    public Builder userAgent(String name) {
      userAgent = requireNonNull(name, "name");
      return this;
    }

    /** How many bytes an answer may have; 16 MiB if not said. */
    public Builder answerLimit(long bytes) {
      if (bytes < 1 || bytes >= Integer.MAX_VALUE) {
        throw new IllegalArgumentException("bytes must be from 1 to 2147483646: " + bytes);
      }
      answerLimit = (int) bytes;
      return this;
    }

    /** How long one attempt may take; 30 s if not said. */
    public Builder attemptTimeout(Duration longest) {
      if (longest.isNegative() || longest.isZero()) {
        throw new IllegalArgumentException("longest must be positive: " + longest);
      }
      attemptTimeout = longest;
      return this;
    }

    /** How the vendor tells its errors; {@link VendorErrors#byStatus()} if not said. */
    public Builder errors(VendorErrors rules) {
      errors = requireNonNull(rules, "rules");
      return this;
    }

    /** The API. Opens no connection. */
    public JsonApi build() {
      return new JsonApi(this);
    }
  }
}
