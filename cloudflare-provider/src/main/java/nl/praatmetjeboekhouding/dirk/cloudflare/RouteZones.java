package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * Finds the zones that routes lie in, as wrangler does: by id, by name, or by the host of the
 * pattern, of which one label after the other is left out. Asks for each name once. Used by one
 * thread.
 */
final class RouteZones {

  private static final Pattern HOST = Pattern.compile("(?:https?://)?([^/:]*).*");

  private final Zones zones;
  private final Supplier<CallContext> calls;
  private final Map<String, Optional<String>> known = new HashMap<>();

  RouteZones(Zones zones, Supplier<CallContext> calls) {
    this.zones = zones;
    this.calls = calls;
  }

  /**
   * The id of the zone, or empty if the account has none for it.
   *
   * @param route as it is sent: {@code pattern}, and perhaps {@code zone_id} or {@code zone_name}
   */
  Optional<String> zone(JsonNode route) {
    if (route.hasNonNull("zone_id")) {
      return Optional.of(route.path("zone_id").asText());
    }
    String name = route.path("zone_name").asText("");
    String host = name.isEmpty() ? host(route.path("pattern").asText()) : name;
    for (int label = 0; host.indexOf('.', label) > 0; label = host.indexOf('.', label) + 1) {
      Optional<String> zone = named(host.substring(label));
      if (zone.isPresent()) {
        return zone;
      }
    }
    return Optional.empty();
  }

  private Optional<String> named(String name) {
    Optional<String> zone = known.get(name);
    if (zone == null) {
      zone = zones.zone(name, calls.get());
      known.put(name, zone);
    }
    return zone;
  }

  /** The host of a pattern without its wildcards; empty if it names none. */
  static String host(String pattern) {
    Matcher host = HOST.matcher(pattern);
    return host.matches() ? host.group(1).replaceAll("\\*\\.?", "").toLowerCase(Locale.ROOT) : "";
  }
}
