package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;
import nl.praatmetjeboekhouding.dirk.http.SecretValues;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/**
 * The secrets of Workers' versions: one call, one effect. A change adds a version that is the
 * newest one but for these secrets, whether that one serves or not, and gives it no traffic: it is
 * deployed as any other. Where a note has no message, the version's says which secret was changed,
 * or how many. Values are looked up when they are sent and never come back, not even in a failure;
 * one that cannot be looked up, or is null, keeps the request from being sent. Every method fails
 * with {@link ProviderException}, also if there is no such Worker or no version of it. Safe for use
 * by several threads.
 */
public final class VersionSecrets {

  private final CloudflareApi api;

  VersionSecrets(CloudflareApi api) {
    this.api = api;
  }

  /**
   * Sets one.
   *
   * @return the id of the new version
   */
  public String put(String worker, String name, Secret value, DeployNote note, CallContext call) {
    String message = "Updated secret \"" + name + "\"";
    return change(worker, Map.of(name, Optional.of(value)), note, message, call);
  }

  /**
   * Takes one away; that there is none is no failure.
   *
   * @return the id of the new version
   */
  public String remove(String worker, String name, DeployNote note, CallContext call) {
    String message = "Deleted secret \"" + name + "\"";
    return change(worker, Map.of(name, Optional.empty()), note, message, call);
  }

  /**
   * Sets several, and takes several away, in one new version.
   *
   * @param changes by name; an empty value is taken away
   * @return the id of the new version
   */
  public String change(
      String worker, Map<String, Optional<Secret>> changes, DeployNote note, CallContext call) {
    String message = "Bulk updated " + changes.size() + " secrets";
    return change(worker, changes, note, message, call);
  }

  private String change(
      String worker,
      Map<String, Optional<Secret>> changes,
      DeployNote note,
      String message,
      CallContext call) {
    DeployNote told = new DeployNote(note.tag(), Optional.of(note.message().orElse(message)));
    ApiRequest request =
        ApiRequest.patch(
                "accounts", api.account(), "workers", "workers", worker, "versions", "latest")
            .json(values -> patch(changes, told, values), "application/merge-patch+json");
    String version = api.result(request, call).path("id").asText("");
    if (version.isBlank()) {
      throw ProviderException.of(
          FailureKind.UNREADABLE,
          "Cloudflare took a version of " + worker + " without saying which; list them");
    }
    return version;
  }

  private static ObjectNode patch(
      Map<String, Optional<Secret>> changes, DeployNote note, SecretValues values) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode secrets = patch.putObject("env");
    changes.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            secrets.putNull(name);
          } else {
            secrets.putObject(name).put("type", "secret_text").put("text", values.of(value.get()));
          }
        });
    patch.set("annotations", Annotations.ofSecrets(note));
    return patch;
  }

  /** What the secrets of the versions with traffic are called, by the id of the version. */
  public Map<String, List<String>> serving(String worker, CallContext call) {
    Remaining remaining = new Remaining(call, api.time());
    JsonNode deployments =
        api.result(ApiRequest.get(api.script(worker, "deployments")), remaining.call());
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (JsonNode share : deployments.path("deployments").path(0).path("versions")) {
      String version = CloudflareApi.id(share, "version_id");
      names.put(version, names(worker, version, remaining.call()));
    }
    return names;
  }

  /** What the secrets of the newest version are called, whether it serves or not. */
  public List<String> newest(String worker, CallContext call) {
    Remaining remaining = new Remaining(call, api.time());
    JsonNode versions =
        api.result(ApiRequest.get(api.script(worker, "versions")), remaining.call());
    String newest = versions.path("items").path(0).path("id").asText("");
    if (newest.isEmpty()) {
      throw ProviderException.of(
          FailureKind.NOT_FOUND,
          "Cloudflare knows no version of the Worker " + worker + "; upload one first");
    }
    return names(worker, newest, remaining.call());
  }

  private List<String> names(String worker, String version, CallContext call) {
    JsonNode answer = api.result(ApiRequest.get(api.script(worker, "versions", version)), call);
    return StreamSupport.stream(answer.at("/resources/bindings").spliterator(), false)
        .filter(BindingWords::isSecret)
        .map(binding -> binding.path("name").asText())
        .toList();
  }
}
