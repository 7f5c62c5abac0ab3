package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.VendorErrors;

/**
 * Reads Cloudflare's envelope: an answer is good if it says so itself, not by its HTTP status
 * alone. What broke down (5xx) may have taken effect, whatever its codes say.
 */
final class CloudflareErrors implements VendorErrors {

  private static final int LONGEST_MESSAGE = 300;
  private static final VendorErrors BY_STATUS = VendorErrors.byStatus();

  @Override
  public Optional<ProviderException.Builder> check(
      int status, Map<String, String> headers, JsonNode body) {
    boolean fine = status >= 200 && status < 300;
    if (fine && body.path("success").asBoolean(false)) {
      return Optional.empty();
    }
    if (status == 204 || status == 205) {
      return Optional.empty();
    }
    ProviderException.Builder failure = failure(status, headers, body).vendorCodes(codes(body));
    Optional.ofNullable(headers.get("cf-ray")).ifPresent(failure::requestId);
    return Optional.of(failure);
  }

  private static ProviderException.Builder failure(
      int status, Map<String, String> headers, JsonNode body) {
    if ("challenge".equals(headers.get("cf-mitigated"))) {
      return ProviderException.with(
          FailureKind.FORBIDDEN,
          "answered "
              + status
              + " with a page that asks whether a person is there: Cloudflare's firewall keeps this"
              + " machine from the API; let its address through, or ask from another network");
    }
    if (status == 429) {
      return ProviderException.with(
          FailureKind.THROTTLED,
          said(status, body)
              + "; Cloudflare takes 1200 requests of a token in five minutes and then refuses all"
              + " of them for up to five more: wait, and see what else uses the token");
    }
    Optional<KnownError> known = known(status, body);
    if (codes(body).isEmpty() || status >= 500) {
      return byStatus(status, headers, body);
    }
    FailureKind kind =
        status == 401
            ? FailureKind.UNAUTHENTICATED
            : known.map(KnownError::kind).orElseGet(() -> statusKind(status, headers, body));
    String advice = known.map(KnownError::advice).orElse("look the code up at Cloudflare");
    return ProviderException.with(kind, said(status, body) + "; " + advice);
  }

  private static ProviderException.Builder byStatus(
      int status, Map<String, String> headers, JsonNode body) {
    if (status >= 200 && status < 300) {
      return ProviderException.with(
          FailureKind.UNREADABLE,
          "answered "
              + status
              + " without saying that it went well; check the API's address, and look in the"
              + " dashboard whether it took effect");
    }
    if (status >= 500) {
      return ProviderException.with(
          FailureKind.UNAVAILABLE,
          said(status, body) + "; Cloudflare broke down, see https://www.cloudflarestatus.com");
    }
    if (status == 401) {
      return ProviderException.with(
          FailureKind.UNAUTHENTICATED, said(status, body) + "; " + KnownError.TOKEN);
    }
    ProviderException.Builder failure = BY_STATUS.check(status, headers, body).orElseThrow();
    return ProviderException.with(
        failure.build().kind(),
        said(status, body)
            + ", not from Cloudflare's API itself; check the API's address and what stands"
            + " between, such as a proxy");
  }

  private static FailureKind statusKind(int status, Map<String, String> headers, JsonNode body) {
    return BY_STATUS
        .check(status, headers, body)
        .map(failure -> failure.build().kind())
        .orElse(FailureKind.UNREADABLE);
  }

  private static Optional<KnownError> known(int status, JsonNode body) {
    for (JsonNode error : body.path("errors")) {
      Optional<KnownError> known = KnownError.of(status, error.path("code").asInt());
      if (known.isPresent()) {
        return known;
      }
    }
    return Optional.empty();
  }

  private static List<String> codes(JsonNode body) {
    List<String> codes = new ArrayList<>();
    body.path("errors").forEach(error -> codes.add(error.path("code").asText("unknown")));
    return codes;
  }

  private static String said(int status, JsonNode body) {
    JsonNode first = body.path("errors").path(0);
    if (first.isMissingNode()) {
      return "answered " + status;
    }
    String message = first.path("message").asText("").replaceAll("\\p{Cntrl}+", " ").strip();
    String cut =
        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
    return "answered " + status + " with code " + first.path("code").asText("unknown") + ": " + cut;
  }
}
