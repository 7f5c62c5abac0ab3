package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;
import nl.praatmetjeboekhouding.dirk.http.SecretValues;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/**
 * The secrets of Workers: one call, one effect. A change makes a new version of the Worker, live at
 * once, and Cloudflare refuses it while the newest version is not the live one, as after a
 * rollback. Values are looked up when they are sent and never come back, not even in a failure; one
 * that cannot be looked up, or is null, keeps the request from being sent. Every method fails with
 * {@link ProviderException}. Safe for use by several threads.
 */
public final class WorkerSecrets {

  private final CloudflareApi api;

  WorkerSecrets(CloudflareApi api) {
    this.api = api;
  }

  /** What a Worker's secrets are called. */
  public List<String> names(String worker, CallContext call) {
    return names(api.result(list(worker), call));
  }

  /** What they are called; none if there is no such Worker. */
  List<String> present(String worker, CallContext call) {
    return api.present(list(worker), call)
        .map(answer -> names(answer.path("result")))
        .orElse(List.of());
  }

  private ApiRequest list(String worker) {
    return ApiRequest.get(api.script(worker, "secrets"));
  }

  private static List<String> names(JsonNode listed) {
    return CloudflareApi.members(listed).stream()
        .map(secret -> secret.path("name").asText())
        .toList();
  }

  /** Sets one. */
  public void put(String worker, String name, Secret value, CallContext call) {
    ApiRequest request =
        ApiRequest.put(api.script(worker, "secrets"))
            .json(values -> secret(name, values.of(value)));
    api.result(request, call);
  }

  /** Takes one away. */
  public void remove(String worker, String name, CallContext call) {
    ApiRequest request =
        ApiRequest.delete(api.script(worker, "secrets", name)).query("url_encoded", "true");
    api.result(request, call);
  }

  /**
   * Sets several, and takes several away, in one new version.
   *
   * @param changes by name; an empty value is taken away
   */
  public void change(String worker, Map<String, Optional<Secret>> changes, CallContext call) {
    ApiRequest request =
        ApiRequest.patch(api.script(worker, "secrets-bulk"))
            .json(values -> patch(changes, values), "application/merge-patch+json");
    api.result(request, call);
  }

  private static ObjectNode patch(Map<String, Optional<Secret>> changes, SecretValues values) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode secrets = patch.putObject("secrets");
    changes.forEach(
        (name, value) ->
            secrets.set(name, value.map(given -> secret(name, values.of(given))).orElse(null)));
    return patch;
  }

  private static ObjectNode secret(String name, String text) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", name)
        .put("text", text)
        .put("type", "secret_text");
  }
}
