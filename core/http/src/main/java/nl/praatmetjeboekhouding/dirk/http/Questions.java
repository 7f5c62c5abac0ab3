package nl.praatmetjeboekhouding.dirk.http;

import java.util.Objects;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
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

  Questions(String vendor, HttpUrl base, Optional<Secret> token, String userAgent) {
    this.vendor = vendor;
    this.base = base;
    this.token = token;
    this.userAgent = userAgent;
  }

  /**
   * The question that is sent.
   *
   * @throws ProviderException if the token is missing or cannot be sent
   */
  Question of(ApiRequest request) {
    Question unsigned =
        new Question(
            vendor, unsigned(request), request.isRepeatable(), new Redaction(Optional.empty()));
    return token.map(secret -> signed(unsigned, secret)).orElse(unsigned);
  }

  private static Question signed(Question unsigned, Secret secret) {
    String value = revealed(unsigned, secret);
    try {
      return new Question(
          unsigned.vendor(),
          unsigned.request().newBuilder().header("Authorization", "Bearer " + value).build(),
          unsigned.repeatable(),
          new Redaction(Optional.of(value)));
    } catch (IllegalArgumentException e) {
      throw refused(
          unsigned, secret, "holds characters that cannot be sent; check it for line ends");
    }
  }

  private Request unsigned(ApiRequest request) {
    HttpUrl.Builder url = base.newBuilder();
    request.segments().forEach(url::addPathSegment);
    request.queries().forEach(query -> url.addQueryParameter(query.name(), query.value()));
    return new Request.Builder()
        .url(url.build())
        .headers(request.headers())
        .method(request.method(), request.body())
        .header("Accept", "application/json")
        .header("User-Agent", userAgent)
        .build();
  }

  private static String revealed(Question unsigned, Secret secret) {
    String value;
    try {
      value = Objects.requireNonNullElse(secret.reveal(), "");
    } catch (RuntimeException e) {
      // What a vault says may hold what must not be shown.
      throw refused(
          unsigned,
          secret,
          "could not be looked up (" + e.getClass().getSimpleName() + "); see where it is kept");
    }
    if (value.isBlank()) {
      throw refused(unsigned, secret, "is empty; set it");
    }
    return value;
  }

  private static ProviderException refused(Question question, Secret secret, String what) {
    return question.failed(
        FailureKind.UNAUTHENTICATED, "the token " + secret.name() + " " + what, null);
  }

  /** Who is asked where, without the token and without what a base address may hide. */
  @Override
  public String toString() {
    return vendor + ", " + base.redact();
  }
}
