package nl.praatmetjeboekhouding.dirk.http;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Turns requests into questions to one vendor: with its address, our name and the token as it is
 * now.
 */
final class Questions {

  private final String vendor;
  private final HttpUrl base;
  private final Optional<Secret> token;
  private final String userAgent;
  private final Optional<RequestBudget.Limit> limit;
  private final TimeSource time;

  Questions(
      String vendor,
      HttpUrl base,
      Optional<Secret> token,
      String userAgent,
      Optional<RequestBudget.Limit> limit,
      TimeSource time) {
    this.vendor = vendor;
    this.base = base;
    this.token = token;
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
    Optional<String> asking = token.map(secret -> sign(full, secret, revealed));
    return new Question(
        vendor,
        full.build(),
        request.isRepeatable(),
        revealed.redaction(),
        limit.map(rule -> RequestBudgets.of(base, asking.orElse(""), rule, time)));
  }

  /** The token that it was signed with. */
  private static String sign(Request.Builder full, Secret secret, Revealed revealed) {
    try {
      String value = revealed.token(secret);
      full.header("Authorization", "Bearer " + value);
      return value;
    } catch (IllegalArgumentException e) {
      throw revealed.badToken(
          secret, "holds characters that cannot be sent; check it for line ends");
    }
  }

  /** All but the body and the token. */
  private Request bare(ApiRequest request) {
    HttpUrl.Builder url = base.newBuilder();
    request.segments().forEach(url::addPathSegment);
    request.queries().forEach(query -> url.addQueryParameter(query.name(), query.value()));
    return new Request.Builder()
        .url(url.build())
        .headers(request.headers())
        .method(request.method(), request.emptyBody())
        .header("Accept", "application/json")
        .header("User-Agent", userAgent)
        .build();
  }

  /** Who is asked where, without the token and without what a base address may hide. */
  @Override
  public String toString() {
    return vendor + ", " + base.redact();
  }
}
