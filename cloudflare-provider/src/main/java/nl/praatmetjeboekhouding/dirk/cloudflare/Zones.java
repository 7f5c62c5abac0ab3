package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * The zones of one account, and which Workers their routes lead to: one call, one effect. Every
 * method fails with {@link ProviderException}. Safe for use by several threads.
 */
public final class Zones {

  private final CloudflareApi api;

  Zones(CloudflareApi api) {
    this.api = api;
  }

  /**
   * The id of a zone, or empty if the account has none of this name. Needs the permission Zone
   * Read.
   *
   * @param name the zone's whole name, such as {@code example.com}
   */
  public Optional<String> zone(String name, CallContext call) {
    ApiRequest request =
        ApiRequest.get("zones").query("name", name).query("account.id", api.account());
    return CloudflareApi.members(api.result(request, call)).stream()
        .map(zone -> zone.path("id").asText(""))
        .filter(id -> !id.isBlank())
        .findFirst();
  }

  /**
   * The routes of a zone as {@code {id, pattern, script}}. Needs the permission Workers Routes Read
   * in that zone.
   *
   * @param zone the zone's id
   */
  public List<JsonNode> routes(String zone, CallContext call) {
    return CloudflareApi.members(
        api.result(ApiRequest.get("zones", zone, "workers", "routes"), call));
  }

  /**
   * Leads a pattern to a Worker. Needs the permission Workers Routes Write in that zone.
   *
   * @param zone the zone's id
   */
  public JsonNode addRoute(String zone, String pattern, String worker, CallContext call) {
    ObjectNode route =
        JsonNodeFactory.instance.objectNode().put("pattern", pattern).put("script", worker);
    return api.result(ApiRequest.post("zones", zone, "workers", "routes").json(route), call);
  }

  /**
   * Takes a route away. Needs the permission Workers Routes Write in that zone.
   *
   * @param zone the zone's id
   * @param route the route's id
   */
  public void removeRoute(String zone, String route, CallContext call) {
    api.result(ApiRequest.delete("zones", zone, "workers", "routes", route), call);
  }
}
