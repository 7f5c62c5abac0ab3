package nl.praatmetjeboekhouding.dirk.http;

import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/** What HTTP statuses mean (RFC 9110). */
final class StatusErrors {

  private StatusErrors() {}

  static Optional<ProviderException.Builder> check(int status, Map<String, String> headers) {
    return status >= 200 && status < 300
        ? Optional.empty()
        : Optional.of(
            ProviderException.with(
                kind(status), "answered " + status + "; " + advice(status, headers)));
  }

  private static FailureKind kind(int status) {
    if (status >= 500) {
      return FailureKind.UNAVAILABLE;
    }
    return switch (status) {
      case 401 -> FailureKind.UNAUTHENTICATED;
      case 403 -> FailureKind.FORBIDDEN;
      case 404, 410 -> FailureKind.NOT_FOUND;
      case 408 -> FailureKind.UNAVAILABLE;
      case 409, 412, 423 -> FailureKind.CONFLICT;
      case 429 -> FailureKind.THROTTLED;
      default -> status >= 400 ? FailureKind.INVALID : FailureKind.UNREADABLE;
    };
  }

  private static String advice(int status, Map<String, String> headers) {
    return switch (kind(status)) {
      case UNAVAILABLE -> "the vendor broke down, see its status page";
      case UNAUTHENTICATED -> "check that the token is there and has not expired";
      case FORBIDDEN -> "check the token's permissions";
      case NOT_FOUND -> "check that the names and ids in the settings exist";
      case CONFLICT -> "somebody else changes it now, look and try again";
      case THROTTLED -> "too many requests, wait before asking again";
      case INVALID -> "the vendor refuses the request as it is, check the settings";
      default -> elsewhere(headers);
    };
  }

  private static String elsewhere(Map<String, String> headers) {
    return "no answer of an API"
        + Locations.host(headers).map(host -> ", it points to " + host).orElse("")
        + "; check the API's address";
  }
}
