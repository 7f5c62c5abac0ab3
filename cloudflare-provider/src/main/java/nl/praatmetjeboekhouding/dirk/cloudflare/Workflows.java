package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** The workflows of an account: one call, one effect. */
final class Workflows {

  private static final String MISSING = "10200";

  private final CloudflareApi api;

  Workflows(CloudflareApi api) {
    this.api = api;
  }

  /** The workflow of this name, or empty if there is none. */
  Optional<JsonNode> named(String name, CallContext call) {
    try {
      return Optional.of(
          api.result(ApiRequest.get("accounts", api.account(), "workflows", name), call));
    } catch (ProviderException e) {
      if (e.vendorCodes().contains(MISSING)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Makes it, or makes it what is told. */
  void set(String name, ObjectNode workflow, CallContext call) {
    api.result(ApiRequest.put("accounts", api.account(), "workflows", name).json(workflow), call);
  }
}
