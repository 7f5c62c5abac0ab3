package nl.praatmetjeboekhouding.dirk.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/**
 * Tells a vendor's good answers from its refusals. Implementations are safe for use by several
 * threads.
 */
@FunctionalInterface
public interface VendorErrors {

  /**
   * What is wrong with an answer, or empty if it is good. The message says what came back and what
   * to do; {@link JsonApi} puts the vendor, the method and the path before it. Asked a second time
   * about a refusal, with {@code (token)} wherever the vendor repeats the token.
   *
   * @param status the HTTP status
   * @param headers by name in lower case
   * @param body the JSON, or a missing node if there was none that could be read
   */
  Optional<ProviderException.Builder> check(int status, Map<String, String> headers, JsonNode body);

  /** Goes by the HTTP status and nothing else (RFC 9110): 2xx is good. */
  static VendorErrors byStatus() {
    return (status, headers, body) -> StatusErrors.check(status, headers);
  }
}
