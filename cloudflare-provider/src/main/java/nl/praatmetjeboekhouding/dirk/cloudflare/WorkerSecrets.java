package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;
import nl.praatmetjeboekhouding.dirk.http.SecretValues;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/**
 * The secrets of Workers: one call, one effect. A change makes a new version of the Worker, live at
 * once, and Cloudflare refuses it while the newest version is not the live one, as after a
 * rollback; {@link VersionSecrets} changes them without traffic. Values are looked up when they are
 * sent and never come back, not even in a failure; one that cannot be looked up, or is null, keeps
 * the request from being sent. Every method fails with {@link ProviderException}. Safe for use by
 * several threads.
 */
public final class WorkerSecrets {

  private static final Set<String> NO_WORKER = Set.of("10007", "10090");

  private final CloudflareApi api;
  private final boolean making;

  WorkerSecrets(CloudflareApi api) {
    this(api, false);
  }

  private WorkerSecrets(CloudflareApi api, boolean making) {
    this.api = api;
    this.making = making;
  }

  /**
   * These, where a secret that is set for a Worker which is not there makes an empty one first, as
   * wrangler does unasked. It is live and answers nothing until it is deployed. If the secret is
   * refused then, the empty Worker stays, and the failure says so.
   */
  public WorkerSecrets makingWorkers() {
    return new WorkerSecrets(api, true);
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
    set(worker, request, call);
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
    if (changes.values().stream().anyMatch(Optional::isPresent)) {
      set(worker, request, call);
    } else {
      api.result(request, call);
    }
  }

  private void set(String worker, ApiRequest request, CallContext call) {
    Remaining remaining = new Remaining(call, api.time());
    try {
      api.result(request, remaining.call());
    } catch (ProviderException e) {
      if (!making || e.vendorCodes().stream().noneMatch(NO_WORKER::contains)) {
        throw e;
      }
      make(worker, remaining.call());
      setInNew(worker, request, remaining);
    }
  }

  private void setInNew(String worker, ApiRequest request, Remaining remaining) {
    try {
      api.result(request, remaining.call());
    } catch (ProviderException e) {
      throw HalfWay.saying(e.getMessage() + "; made was and stays: the empty Worker " + worker, e);
    }
  }

  /** Puts what wrangler puts: a module that does nothing, called like the Worker. */
  private void make(String worker, CallContext call) {
    byte[] code = "export default { fetch() {} }".getBytes(StandardCharsets.UTF_8);
    List<WorkerModule> modules = List.of(WorkerModule.of(ContentFile.of(worker, code)));
    ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("main_module", worker);
    metadata.putArray("bindings");
    metadata.put("logpush", false);
    ApiRequest request =
        ApiRequest.put(api.script(worker)).multipart(values -> ModuleParts.of(metadata, modules));
    JsonNode unused = api.result(request, call);
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
