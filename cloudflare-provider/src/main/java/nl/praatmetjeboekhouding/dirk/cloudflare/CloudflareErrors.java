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
    List<String> codes = codes(body);
    if (codes.isEmpty() || status >= 500 || status == 429) {
      return Optional.of(byStatus(status, headers, body, fine).vendorCodes(codes));
    }
    Optional<KnownError> known = known(body);
    if (known.isEmpty()) {
      FailureKind kind = fine ? FailureKind.UNREADABLE : statusKind(status, headers, body);
      return Optional.of(
          ProviderException.with(kind, said(status, body) + "; look the code up at Cloudflare")
              .vendorCodes(codes));
    }
    FailureKind kind = status == 401 ? FailureKind.UNAUTHENTICATED : known.get().kind();
    return Optional.of(
        ProviderException.with(kind, said(status, body) + "; " + known.get().advice())
            .vendorCodes(codes));
  }

  private static ProviderException.Builder byStatus(
      int status, Map<String, String> headers, JsonNode body, boolean fine) {
    return fine
        ? ProviderException.with(
            FailureKind.UNREADABLE,
            "answered " + status + " without Cloudflare's envelope; check the API's address")
        : BY_STATUS.check(status, headers, body).orElseThrow();
  }

  private static FailureKind statusKind(int status, Map<String, String> headers, JsonNode body) {
    return BY_STATUS.check(status, headers, body).orElseThrow().build().kind();
  }

  private static Optional<KnownError> known(JsonNode body) {
    for (JsonNode error : body.path("errors")) {
      Optional<KnownError> known = KnownError.of(error.path("code").asInt());
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
    String message = first.path("message").asText("").replaceAll("\\p{Cntrl}+", " ").strip();
    String cut =
        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
    return "answered " + status + " with code " + first.path("code").asText("unknown") + ": " + cut;
  }
}
