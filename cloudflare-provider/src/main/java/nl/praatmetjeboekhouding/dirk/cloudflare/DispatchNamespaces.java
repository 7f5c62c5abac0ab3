package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * The dispatch namespaces of one account (Workers for Platforms), and the Workers in them: one
 * call, one effect. Takes and gives Cloudflare's own JSON. Every method fails with {@link
 * ProviderException}. Safe for use by several threads.
 */
public final class DispatchNamespaces {

  private static final String NO_WORKER = "10092";

  private final CloudflareApi api;

  DispatchNamespaces(CloudflareApi api) {
    this.api = api;
  }

  /** All of them, with {@code namespace_name} and {@code namespace_id}. */
  public List<JsonNode> all(CallContext call) {
    return CloudflareApi.members(api.result(ApiRequest.get(path()), call));
  }

  /** One of them; fails if there is none of this name. */
  public JsonNode namespace(String name, CallContext call) {
    return api.result(ApiRequest.get(path(name)), call);
  }

  /** Makes one. */
  public JsonNode create(String name, CallContext call) {
    return api.result(ApiRequest.post(path()).json(named(name)), call);
  }

  /**
   * Gives one another name; the Workers that dispatch into it keep the old one in their bindings.
   */
  public void rename(String name, String to, CallContext call) {
    JsonNode unused = api.result(ApiRequest.put(path(name)).json(named(to)), call);
  }

  /** Deletes one with all Workers in it. */
  public void delete(String name, CallContext call) {
    JsonNode unused = api.result(ApiRequest.delete(path(name)), call);
  }

  /** What Cloudflare tells of a Worker in a namespace, or empty if it is not there. */
  public Optional<JsonNode> worker(String namespace, String worker, CallContext call) {
    try {
      return Optional.of(api.result(ApiRequest.get(path(namespace, "scripts", worker)), call));
    } catch (ProviderException e) {
      if (e.vendorCodes().contains(NO_WORKER)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Puts a Worker into a namespace, new or not, so that its code is live at once.
   *
   * @param metadata the upload's {@code metadata} part
   * @param modules the modules, the main one first
   */
  public JsonNode upload(
      String namespace,
      String worker,
      ObjectNode metadata,
      List<WorkerModule> modules,
      CallContext call) {
    return upload(namespace, worker, metadata, GivenSecrets.none(), modules, call);
  }

  JsonNode upload(
      String namespace,
      String worker,
      ObjectNode metadata,
      GivenSecrets secrets,
      List<WorkerModule> modules,
      CallContext call) {
    return api.result(
        ModuleParts.uploaded(
            ApiRequest.put(path(namespace, "scripts", worker)).query("excludeScript", "true"),
            metadata,
            secrets,
            modules),
        call);
  }

  /** Where a Worker opens a session for its static assets. */
  String[] session(String namespace, String worker) {
    return path(namespace, "scripts", worker, ProjectAssets.SESSION);
  }

  private static ObjectNode named(String name) {
    return JsonNodeFactory.instance.objectNode().put("name", name);
  }

  private String[] path(String... below) {
    List<String> path =
        new ArrayList<>(List.of("accounts", api.account(), "workers", "dispatch", "namespaces"));
    path.addAll(List.of(below));
    return path.toArray(String[]::new);
  }
}
