package nl.praatmetjeboekhouding.dirk.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/**
 * A vendor's JSON API over HTTP.
 *
 * <p>GETs and what is {@linkplain ApiRequest#repeatable() repeatable} are sent up to three times
 * within {@link CallContext#timeout()}, with a growing and partly random wait in between, and not
 * before the vendor's {@code Retry-After}; everything else is sent exactly once. A GET that could
 * be sent again waits for its answer for half of the time that is left. Redirects are not followed.
 * All that goes wrong is a {@link ProviderException}, which shows neither the token nor a body. An
 * interrupt of a waiting thread detaches {@link CallContext#cancellation()} and stays visible. Safe
 * for use by several threads.
 */
public final class JsonApi implements AutoCloseable {

  private final Questions questions;
  private final Exchange exchange;

  private JsonApi(Builder builder) {
    questions =
        new Questions(
            builder.vendor,
            builder.base,
            builder.signature,
            builder.headers.build(),
            builder.userAgent,
            builder.limit,
            builder.time);
    exchange =
        new Exchange(
            Threads.dispatcher("dirk-http " + builder.vendor, builder.atOnce),
            new Answers(builder.errors, builder.answerLimit, builder.time),
            new RetryRules(new BackOff(builder.random)),
            builder.attemptTimeout,
            builder.idHeaders,
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
   * Asks and waits for the answer.
   *
   * @throws ProviderException if there is no good answer
   */
  public ApiAnswer send(ApiRequest request, CallContext call) {
    return answers(List.of(request), call).get(0);
  }

  /**
   * Asks several things at once and waits for all answers, which come in the order of the requests.
   * The first one that fails ends the others, and all share the time of the call. No more are under
   * way at once than {@link Builder#atOnce} allows; the others wait for their turn.
   *
   * @throws IllegalArgumentException if one is not repeatable: a write that is given up because of
   *     its neighbour would be of unknown fate
   * @throws ProviderException of the first that has no good answer
   */
  public List<ApiAnswer> sendAll(List<ApiRequest> requests, CallContext call) {
    for (ApiRequest request : requests) {
      if (!request.isRepeatable()) {
        throw new IllegalArgumentException(
            "only what is repeatable is sent together, not a " + request.method());
      }
    }
    return answers(requests, call);
  }

  private List<ApiAnswer> answers(List<ApiRequest> requests, CallContext call) {
    requireNonNull(call, "call");
    List<Question> asked = requests.stream().map(questions::of).toList();
    if (Thread.currentThread().isInterrupted()) {
      call.cancellation().detach("the thread was interrupted");
    }
    return new Batch(asked.stream().map(question -> exchange.start(question, call)).toList())
        .await(call);
  }

  /**
   * Reserves requests of the {@linkplain Builder#budget budget} for something that takes many, so
   * that it is not begun unless it can be ended without waiting long. Does nothing as long as some
   * are left that this API reserved before, or if nobody counts. What is not used within half a
   * minute of the last one is given back. Reservations hold each other back, not the single
   * requests of others.
   *
   * @param requests how many; no more than go at once are reserved
   * @throws ProviderException THROTTLED if they are not there for now, with how long that takes; or
   *     if the token is missing
   */
  public void reserve(int requests) {
    questions.reserve(requests);
  }

  /**
   * Ends what is under way and frees threads and connections: what waits for an answer fails at
   * once, and its threads end as soon as they notice. A second close does nothing.
   */
  @Override
  public void close() {
    exchange.close();
  }

  /** Who it is, without the token. */
  @Override
  public String toString() {
    return "JsonApi[" + questions + "]";
  }

  /** Collects what an API needs. Not thread-safe. */
  public static final class Builder {

    private final String vendor;
    private final HttpUrl base;
    private final TimeSource time;
    private final Headers.Builder headers = new Headers.Builder();
    private Optional<Signature> signature = Optional.empty();
    private String userAgent = "dirk";
    private int answerLimit = 16 * 1024 * 1024;
    private Duration attemptTimeout = Duration.ofSeconds(30);
    private int atOnce = 5;
    private VendorErrors errors = VendorErrors.byStatus();
    private List<String> idHeaders = List.of();
    private Optional<RequestBudget.Limit> limit = Optional.empty();
    private Random random = new Random();

    private Builder(String vendor, URI base, TimeSource time) {
      this.vendor = requireNonNull(vendor, "vendor");
      this.base = HttpUrl.get(base.toString());
      this.time = requireNonNull(time, "time");
    }

    /** Sent as a bearer token (RFC 6750), looked up for each call; without it none is sent. */
    public Builder token(Secret bearer) {
      signature = Optional.of(Signature.bearer(bearer));
      return this;
    }

    /**
     * Sent in a header of its own instead of a bearer token, looked up for each call, and held back
     * from everything that people see as a token is.
     */
    public Builder key(String header, Secret key) {
      requireNonNull(header, "header");
      requireNonNull(key, "key");
      signature = Optional.of(new Signature(header, "", key));
      return this;
    }

    /**
     * Sent with every request that has no {@linkplain ApiRequest#token token} of its own.
     *
     * @throws IllegalArgumentException if it cannot be sent as a header
     */
    public Builder header(String name, String value) {
      headers.set(name, value);
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

    /**
     * In which headers of its answers the vendor names the request, such as {@code cf-ray}; the
     * audit of a run keeps them, so that the vendor's support can be asked.
     */
    public Builder requestIds(String... headers) {
      idHeaders = List.of(headers);
      return this;
    }

    /**
     * How many requests the vendor takes within a time from all who use one token; if not said,
     * nobody counts. All APIs of this process with the same host and token share them: half may go
     * at once, the others wait for their turn, which comes evenly. One whose turn would take more
     * than half of the time that its call has left is not sent and fails as {@link
     * nl.praatmetjeboekhouding.dirk.error.FailureKind#THROTTLED}. What the vendor says in {@code
     * RateLimit} and with a 429 is heeded by all of them.
     *
     * @throws IllegalArgumentException if there are fewer than two, or {@code within} is not
     *     positive
     */
    public Builder budget(int requests, Duration within) {
      limit = Optional.of(new RequestBudget.Limit(requests, within));
      return this;
    }

    /** How many requests may be under way at the same time; 5 if not said. */
    public Builder atOnce(int requests) {
      if (requests < 1) {
        throw new IllegalArgumentException("requests must be at least 1: " + requests);
      }
      atOnce = requests;
      return this;
    }

    /** Makes the random part of the waits repeatable, for tests. */
    public Builder seed(long seed) {
      random = new Random(seed);
      return this;
    }

    /** The API. Opens no connection and starts no thread. */
    public JsonApi build() {
      return new JsonApi(this);
    }
  }
}
