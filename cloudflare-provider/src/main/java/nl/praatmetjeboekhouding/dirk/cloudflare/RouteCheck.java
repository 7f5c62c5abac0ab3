package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
  private final Map<String, Optional<List<JsonNode>>> routes = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();

  RouteCheck(Zones zones, Supplier<CallContext> calls) {
    this.zones = zones;
    this.calls = calls;
    lookup = new RouteZones(zones, calls);
  }

  /**
   * What could not be checked, a sentence each.
   *
   * @param wanted as they are sent
   * @param only whether the routes are the only way to the Worker: then each must have a zone;
   *     asked if one has none
   * @throws ProviderException if a route leads to another Worker or must have a zone and has none,
   *     or if the caller's time is over or stopped
   */
  List<String> check(String worker, JsonNode wanted, BooleanSupplier only) {
    Optional<ProviderException> refusal = Optional.empty();
    try {
      for (JsonNode route : wanted) {
        refusal = refusal.or(() -> refusal(worker, route, only));
      }
    } catch (ProviderException e) {
      warnings.add(
          e.kind() == FailureKind.FORBIDDEN || e.kind() == FailureKind.UNAUTHENTICATED
              ? "The routes were not checked before the upload, because the token lacks the"
                  + " permissions Zone Read and Workers Routes Read: "
                  + e.getMessage()
              : UploadCheck.unchecked("who has the routes", e));
    }
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    return List.copyOf(warnings);
  }

  /** Why a route certainly cannot be set, or empty if it can or that is not to be known. */
  private Optional<ProviderException> refusal(String worker, JsonNode route, BooleanSupplier only) {
    String pattern = route.path("pattern").asText();
    Optional<List<JsonNode>> there = lookup.zone(route).flatMap(this::routes);
    if (there.isEmpty()) {
      String unknown = "the account has no zone for the route " + pattern;
      if (only.getAsBoolean()) {
        return refused(
            FailureKind.NOT_FOUND, worker, unknown + "; add the zone, or correct the route");
      }
      warnings.add("It was not checked who has a route, because " + unknown + ".");
      return Optional.empty();
    }
    for (JsonNode taken : there.get()) {
      String other = taken.path("script").asText("");
      if (taken.path("pattern").asText().equals(pattern) && !other.equals(worker)) {
        String holder =
            other.isEmpty() ? " is kept from every Worker" : " leads to the Worker " + other;
        return refused(
            FailureKind.CONFLICT, worker, "the route " + pattern + holder + "; free it first");
      }
    }
    return Optional.empty();
  }

  private static Optional<ProviderException> refused(FailureKind kind, String worker, String why) {
    return Optional.of(
        ProviderException.of(kind, "Cloudflare was not asked to deploy " + worker + ": " + why));
  }

  /** The routes of a zone, or empty if there is no such zone. Asks for each zone once. */
  private Optional<List<JsonNode>> routes(String zone) {
    Optional<List<JsonNode>> known = routes.get(zone);
    if (known == null) {
      known = read(zone);
      routes.put(zone, known);
    }
    return known;
  }

  private Optional<List<JsonNode>> read(String zone) {
    try {
      return Optional.of(zones.routes(zone, calls.get()));
    } catch (ProviderException e) {
      if (e.kind() == FailureKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
