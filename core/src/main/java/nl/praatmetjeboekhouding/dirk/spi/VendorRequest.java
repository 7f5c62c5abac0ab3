package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;

/**
 * A request that left for a vendor, as the journal keeps it beside what came of the step.
 *
 * @param what what was asked, such as {@code POST /accounts/1/workers/scripts/api/versions}; no
 *     secret
 * @param status the answer's HTTP status; 0 if none came
 * @param took from the first byte sent to the answer's head, or until nobody waited any more
 * @param ids what the vendor calls the request, for its support, such as {@code cf-ray}; by name
 */
public record VendorRequest(String what, int status, Duration took, Map<String, String> ids) {

  /** Checks that nothing is null. */
  public VendorRequest {
    requireNonNull(what, "what");
    requireNonNull(took, "took");
    ids = Map.copyOf(ids);
  }
}
