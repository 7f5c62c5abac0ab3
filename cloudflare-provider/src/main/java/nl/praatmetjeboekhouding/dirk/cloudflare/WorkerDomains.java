package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** The custom domains of an account's Workers: one call, one effect. */
final class WorkerDomains {

  private final CloudflareApi api;

  WorkerDomains(CloudflareApi api) {
    this.api = api;
  }

  /** The custom domains of a Worker, with {@code id}, {@code hostname} and {@code zone_id}. */
  List<JsonNode> of(String worker, CallContext call) {
    return list("service", worker, call).stream()
        .filter(domain -> domain.path("service").asText().equals(worker))
        .toList();
  }

  /** The custom domain of this name, whoever has it. */
  Optional<JsonNode> named(String host, CallContext call) {
    return list("hostname", host, call).stream()
        .filter(domain -> domain.path("hostname").asText().equalsIgnoreCase(host))
        .findFirst();
  }

  private List<JsonNode> list(String filter, String value, CallContext call) {
    return CloudflareApi.members(
        api.result(
            ApiRequest.get("accounts", api.account(), "workers", "domains").query(filter, value),
            call));
  }

  /**
   * The hosts whose DNS records stand where custom domains are to be. Changes nothing.
   *
   * @param domains as they are sent
   */
  List<String> conflicts(String worker, ArrayNode domains, CallContext call) {
    JsonNode changes =
        api.result(
            ApiRequest.post(api.script(worker, "domains", "changeset"))
                .query("replace_state", "true")
                .json(domains),
            call);
    List<String> hosts = new ArrayList<>();
    changes.path("conflicting").forEach(domain -> hosts.add(domain.path("hostname").asText()));
    return hosts;
  }

  /**
   * Makes these the custom domains of a Worker.
   *
   * @param domains as they are sent
   * @param taking whether they are taken from other Workers and from DNS records
   */
  void set(String worker, ArrayNode domains, boolean taking, CallContext call) {
    ObjectNode records =
        JsonNodeFactory.instance
            .objectNode()
            .put("override_scope", true)
            .put("override_existing_origin", taking)
            .put("override_existing_dns_record", taking);
    records.set("origins", domains);
    api.result(ApiRequest.put(api.script(worker, "domains", "records")).json(records), call);
  }

  /** Gives a host to a Worker; its zone may be told. */
  void attach(ObjectNode domain, CallContext call) {
    api.result(ApiRequest.put("accounts", api.account(), "workers", "domains").json(domain), call);
  }

  /** Takes a custom domain away. */
  void remove(String id, CallContext call) {
    api.result(ApiRequest.delete("accounts", api.account(), "workers", "domains", id), call);
  }
}
