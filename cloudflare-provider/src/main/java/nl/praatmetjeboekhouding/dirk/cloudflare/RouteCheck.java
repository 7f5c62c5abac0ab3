package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * Looks before the upload whether the routes of a Worker can be set, so that no new code goes live
 * that nobody reaches. Used by one thread.
 */
final class RouteCheck {

  private final Zones zones;
  private final RouteZones lookup;
  private final Supplier<CallContext> calls;
  private final Map<String, List<JsonNode>> routes = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();

  RouteCheck(Zones zones, Supplier<CallContext> calls) {
    this.zones = zones;
    this.calls = calls;
    lookup = new RouteZones(zones, calls);
  }

  /**
   * Fails if a route leads to another Worker.
   *
   * @param wanted as they are sent
   * @param only whether the routes are the only way to the Worker: then each must have a zone
   * @return what could not be checked, a sentence each
   */
  List<String> check(String worker, JsonNode wanted, boolean only) {
    try {
      wanted.forEach(route -> one(worker, route, only));
    } catch (ProviderException e) {
      if (e.kind() != FailureKind.FORBIDDEN && e.kind() != FailureKind.UNAUTHENTICATED) {
        throw e;
      }
      warnings.add(
          "The routes were not checked before the upload, because the token lacks the permissions"
              + " Zone Read and Workers Routes Read: "
              + e.getMessage());
    }
    return List.copyOf(warnings);
  }

  private void one(String worker, JsonNode route, boolean only) {
    String pattern = route.path("pattern").asText();
    Optional<String> zone = lookup.zone(route);
    if (zone.isEmpty()) {
      String unknown = "the account has no zone for the route " + pattern;
      if (only) {
        throw ProviderException.of(
            FailureKind.NOT_FOUND,
            "Cloudflare was not asked to deploy: "
                + unknown
                + "; add the zone, or correct the route");
      }
      warnings.add("It was not checked who has a route, because " + unknown + ".");
      return;
    }
    for (JsonNode taken : routes.computeIfAbsent(zone.get(), id -> zones.routes(id, calls.get()))) {
      String other = taken.path("script").asText("");
      if (taken.path("pattern").asText().equals(pattern) && !other.equals(worker)) {
        throw ProviderException.of(
            FailureKind.CONFLICT,
            "Cloudflare was not asked to deploy: the route "
                + pattern
                + (other.isEmpty() ? " is kept from every Worker" : " leads to the Worker " + other)
                + "; free it first");
      }
    }
  }
}
