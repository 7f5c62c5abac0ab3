package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** Which routes lead to a Worker, and how they are set. Used by one thread. */
final class WorkerRoutes {

  /** A route that leads to the Worker although it was not wanted. */
  record Extra(String zone, String id, String pattern) {}

  private static final String AUTHENTICATION = "10000";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Workers workers;
  private final Zones zones;
  private final RouteZones lookup;
  private final Supplier<CallContext> calls;

  WorkerRoutes(Workers workers, Supplier<CallContext> calls) {
    this.workers = workers;
    this.calls = calls;
    zones = workers.zones();
    lookup = new RouteZones(zones, calls);
  }

  /**
   * As they are now, in the form in which they are set, sorted by pattern; empty if they cannot be
   * read. Where Cloudflare's list of Workers does not tell them, only the zones are looked at that
   * the configured routes lie in.
   *
   * @param configured as they are sent, or anything but a list if none are configured
   */
  Optional<ArrayNode> now(String worker, JsonNode configured) {
    try {
      return workers
          .routes(worker, calls.get())
          .map(routes -> listed(routes, configured))
          .or(() -> configured.isArray() ? inZones(worker, configured) : Optional.empty());
    } catch (ProviderException e) {
      if (isRefused(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static ArrayNode listed(List<JsonNode> routes, JsonNode configured) {
    Map<String, ObjectNode> byPattern = new TreeMap<>();
    for (JsonNode route : routes) {
      String pattern = route.path("pattern").asText();
      byPattern.put(pattern, NODES.objectNode().put("pattern", pattern));
    }
    for (JsonNode route : configured) {
      ObjectNode same = byPattern.get(route.path("pattern").asText());
      if (same != null) {
        same.setAll((ObjectNode) route);
      }
    }
    return NODES.arrayNode().addAll(byPattern.values());
  }

  private Optional<ArrayNode> inZones(String worker, JsonNode configured) {
    Map<String, ObjectNode> byPattern = new TreeMap<>();
    for (String zone : zonesOf(configured).keySet()) {
      for (JsonNode route : zones.routes(zone, calls.get())) {
        if (route.path("script").asText().equals(worker)) {
          String pattern = route.path("pattern").asText();
          ObjectNode found = NODES.objectNode();
          byPattern.put(pattern, found.put("pattern", pattern).put("zone_id", zone));
        }
      }
    }
    return Optional.of(NODES.arrayNode().addAll(byPattern.values()));
  }

  /** Whether both name the same patterns. */
  static boolean same(JsonNode one, JsonNode other) {
    return patterns(one).equals(patterns(other));
  }

  private static Set<String> patterns(JsonNode routes) {
    Set<String> patterns = new TreeSet<>();
    routes.forEach(route -> patterns.add(route.path("pattern").asText()));
    return patterns;
  }

  /**
   * Makes these its routes, and as far as it can only these. A token that may not change the routes
   * of all zones is refused to replace them at once; then those that are missing are added zone by
   * zone.
   *
   * @return those that lead to the Worker besides, in the zones of these, and were left alone
   */
  List<Extra> set(String worker, ArrayNode routes) {
    return setAtOnce(worker, routes) ? List.of() : setByZone(worker, zonesOf(routes));
  }

  /** Makes these its routes, and takes away all others that the token can see. */
  void replace(String worker, ArrayNode routes) {
    if (setAtOnce(worker, routes)) {
      return;
    }
    Map<String, List<String>> byZone = zonesOf(routes);
    now(worker, routes)
        .ifPresent(
            there -> zonesOf(there).keySet().forEach(zone -> byZone.putIfAbsent(zone, List.of())));
    setByZone(worker, byZone)
        .forEach(extra -> zones.removeRoute(extra.zone(), extra.id(), calls.get()));
  }

  private boolean setAtOnce(String worker, ArrayNode routes) {
    try {
      workers.setRoutes(worker, routes, calls.get());
      return true;
    } catch (ProviderException e) {
      if (e.vendorCodes().contains(AUTHENTICATION)) {
        return false;
      }
      throw e;
    }
  }

  private List<Extra> setByZone(String worker, Map<String, List<String>> wanted) {
    List<Extra> extras = new ArrayList<>();
    for (Map.Entry<String, List<String>> zone : wanted.entrySet()) {
      Map<String, JsonNode> there = new LinkedHashMap<>();
      zones
          .routes(zone.getKey(), calls.get())
          .forEach(route -> there.put(route.path("pattern").asText(), route));
      for (String pattern : zone.getValue()) {
        JsonNode taken = there.remove(pattern);
        if (taken == null) {
          zones.addRoute(zone.getKey(), pattern, worker, calls.get());
        } else if (!taken.path("script").asText().equals(worker)) {
          throw ProviderException.of(
              FailureKind.CONFLICT,
              "Cloudflare was not asked to set the route "
                  + pattern
                  + ": it leads to the Worker "
                  + taken.path("script").asText()
                  + "; free it first");
        }
      }
      there.forEach(
          (pattern, route) -> {
            if (route.path("script").asText().equals(worker)) {
              extras.add(new Extra(zone.getKey(), route.path("id").asText(), pattern));
            }
          });
    }
    return extras;
  }

  /** The zones that are known, with the patterns in them. */
  private Map<String, List<String>> zonesOf(JsonNode routes) {
    Map<String, List<String>> byZone = new LinkedHashMap<>();
    for (JsonNode route : routes) {
      String pattern = route.path("pattern").asText();
      lookup
          .zone(route)
          .ifPresent(zone -> byZone.computeIfAbsent(zone, id -> new ArrayList<>()).add(pattern));
    }
    return byZone;
  }

  private static boolean isRefused(ProviderException failure) {
    return failure.kind() == FailureKind.FORBIDDEN || failure.kind() == FailureKind.UNAUTHENTICATED;
  }
}
