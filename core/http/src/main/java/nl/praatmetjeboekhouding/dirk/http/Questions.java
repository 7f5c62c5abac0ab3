package nl.praatmetjeboekhouding.dirk.http;

import java.time.Duration;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Turns requests into questions to one vendor: with its address, our name and the token or key as
 * it is now.
 */
final class Questions {

  private final String vendor;
  private final HttpUrl base;
  private final Optional<Signature> signature;
  private final Headers headers;
  private final String userAgent;
  private final Optional<RequestBudget.Limit> limit;
  private final TimeSource time;

  Questions(
      String vendor,
      HttpUrl base,
      Optional<Signature> signature,
      Headers headers,
      String userAgent,
      Optional<RequestBudget.Limit> limit,
      TimeSource time) {
    this.vendor = vendor;
    this.base = base;
    this.signature = signature;
    this.headers = headers;
    this.userAgent = userAgent;
    this.limit = limit;
    this.time = time;
  }

  /**
   * The question that is sent.
   *
   * @throws ProviderException if the token or a secret of the body is missing, or the token cannot
   *     be sent
   */
  Question of(ApiRequest request) {
    Request bare = bare(request);
    Revealed revealed =
        new Revealed(
            new Question(vendor, bare, request.isRepeatable(), Redaction.none(), Optional.empty()));
    Request.Builder full = bare.newBuilder().method(request.method(), request.body(revealed));
    Optional<String> asking =
        request
            .token()
            .map(Signature::bearer)
            .or(() -> signature)
            .map(how -> sign(full, how, revealed));
    return new Question(
        vendor,
        full.build(),
        request.isRepeatable(),
        revealed.redaction(),
        budget(asking.orElse("")));
  }

  /**
   * Reserves requests for who asks these.
   *
   * @throws ProviderException if there are not as many for now, or the token is missing
   */
  void reserve(int requests) {
    of(ApiRequest.get())
        .budget()
        .ifPresent(
            share -> {
              Duration wait = share.budget().reserve(requests, share.user());
              if (!wait.isZero()) {
                throw Breaks.nothingToReserve(vendor, share.budget().limit(), wait);
              }
            });
  }

  private Optional<RequestBudget.Share> budget(String token) {
    return limit.map(
        rule -> new RequestBudget.Share(RequestBudgets.of(base, token, rule, time), this));
  }

  /** The token that it was signed with. */
  private static String sign(Request.Builder full, Signature how, Revealed revealed) {
    try {
      String value = revealed.token(how.secret());
      full.header(how.header(), how.before() + value);
      return value;
    } catch (IllegalArgumentException e) {
      throw revealed.badToken(
          how.secret(), "holds characters that cannot be sent; check it for line ends");
    }
  }

  /** All but the body and the token. */
  private Request bare(ApiRequest request) {
    HttpUrl.Builder url = base.newBuilder();
    request.segments().forEach(url::addPathSegment);
    request.queries().forEach(query -> url.addQueryParameter(query.name(), query.value()));
    return new Request.Builder()
        .url(url.build())
        .headers(all(request))
        .method(request.method(), request.emptyBody())
        .header("Accept", "application/json")
        .header("User-Agent", userAgent)
        .build();
  }

  /** Those of the API may say who asks, so that a request with a token of its own has none. */
  private Headers all(ApiRequest request) {
    return request.token().isPresent()
        ? request.headers()
        : headers.newBuilder().addAll(request.headers()).build();
  }

  /** Who is asked where, without the token and without what a base address may hide. */
  @Override
  public String toString() {
    return vendor + ", " + base.redact();
  }
}
