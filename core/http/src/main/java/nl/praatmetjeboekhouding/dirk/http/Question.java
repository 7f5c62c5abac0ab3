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
 * @param token what no message shows, or empty if there is none
 */
record Question(String vendor, Request request, Optional<String> token) {

  /** A failure of this question. */
  ProviderException failed(FailureKind kind, String what, @Nullable Throwable cause) {
    ProviderException.Builder failure = ProviderException.with(kind, told(what));
    return cause == null ? failure.build() : failure.cause(cause).build();
  }

  /** What a vendor's rules found, told as a failure of this question. */
  ProviderException.Builder failed(ProviderException found) {
    ProviderException.Builder failure =
        ProviderException.with(found.kind(), told(found.getMessage()))
            .vendorCodes(found.vendorCodes());
    found.retryAfter().ifPresent(failure::retryAfter);
    found.requestId().ifPresent(failure::requestId);
    Optional.ofNullable(found.getCause()).ifPresent(failure::cause);
    return failure;
  }

  private String told(String what) {
    String message =
        vendor + ": " + request.method() + " " + request.url().encodedPath() + ": " + what;
    return token.map(secret -> message.replace(secret, "(token)")).orElse(message);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return told("asked");
  }
}
