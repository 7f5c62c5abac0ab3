package nl.praatmetjeboekhouding.dirk.http;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked what: what every failure message begins with, and what must never be in one.
 *
 * @param vendor who is asked
 * @param request what is asked
 * @param repeatable whether it may be sent again after a failure
 * @param redaction hides the token and the secrets of the body
 * @param budget which requests it is one of, or empty if nobody counts them
 */
record Question(
    String vendor,
    Request request,
    boolean repeatable,
    Redaction redaction,
    Optional<RequestBudget.Share> budget) {

  /** Whether it only reads, so that asking it twice is asking it once. */
  boolean isRead() {
    return request.method().equals("GET");
  }

  /** A failure of this question. */
  ProviderException failed(FailureKind kind, String what, @Nullable Throwable cause) {
    ProviderException.Builder failure = ProviderException.with(kind, told(what));
    Optional.ofNullable(cause).flatMap(redaction::cause).ifPresent(failure::cause);
    return failure.build();
  }

  /** What a vendor's rules found, told as a failure of this question. */
  ProviderException.Builder failed(ProviderException found) {
    ProviderException.Builder failure =
        ProviderException.with(found.kind(), told(found.getMessage()))
            .vendorCodes(found.vendorCodes().stream().map(redaction::text).toList());
    found.retryAfter().ifPresent(failure::retryAfter);
    found.requestId().map(redaction::text).ifPresent(failure::requestId);
    Optional.ofNullable(found.getCause()).flatMap(redaction::cause).ifPresent(failure::cause);
    return failure;
  }

  /** Method and path, without the query. */
  String asked() {
    return redaction.text(request.method() + " " + request.url().encodedPath());
  }

  private String told(String what) {
    return redaction.text(vendor + ": " + asked() + ": " + what);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return told("asked");
  }
}
