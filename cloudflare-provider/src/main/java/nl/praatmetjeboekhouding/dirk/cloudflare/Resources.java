package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** What bindings of an account's Workers lead to: one call, one effect. */
final class Resources {

  private static final String NO_BUCKET = "10006";
  private static final int PAGE = 100;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final CloudflareApi api;

  Resources(CloudflareApi api) {
    this.api = api;
  }

  /** The key-value namespaces that have one of these titles, as Cloudflare tells them. */
  List<JsonNode> namespaces(Collection<String> titles, CallContext call) {
    Remaining remaining = new Remaining(call, api.time());
    Map<String, JsonNode> found = new LinkedHashMap<>();
    for (int page = 1; ; page++) {
      List<JsonNode> members =
          CloudflareApi.members(
              api.result(
                  at("storage", "kv", "namespaces")
                      .query("per_page", Integer.toString(PAGE))
                      .query("page", Integer.toString(page)),
                  remaining.call()));
      for (JsonNode namespace : members) {
        String title = namespace.path("title").asText();
        if (titles.contains(title)) {
          found.putIfAbsent(title, namespace);
        }
      }
      if (members.size() < PAGE || found.size() == titles.size()) {
        return List.copyOf(found.values());
      }
    }
  }

  /** Deletes a key-value namespace with all that it holds. */
  void deleteNamespace(String id, CallContext call) {
    JsonNode unused = api.result(ApiRequest.delete(path("storage", "kv", "namespaces", id)), call);
  }

  /** The id of the key-value namespace of this title, or empty if there is none. */
  Optional<String> namespace(String title, CallContext call) {
    return namespaces(List.of(title), call).stream()
        .map(namespace -> CloudflareApi.id(namespace, "id"))
        .findFirst();
  }

  /** The id of a new key-value namespace; empty text if the answer does not tell it. */
  String createNamespace(String title, CallContext call) {
    return api.result(
            to("storage", "kv", "namespaces").json(NODES.objectNode().put("title", title)), call)
        .path("id")
        .asText();
  }

  /** The database of this name, with {@code uuid}, or empty if there is none. */
  Optional<JsonNode> database(String name, CallContext call) {
    return CloudflareApi.members(api.result(at("d1", "database").query("name", name), call))
        .stream()
        .filter(database -> database.path("name").asText().equals(name))
        .findFirst();
  }

  /** The database of this id. */
  JsonNode databaseOf(String id, CallContext call) {
    return api.result(at("d1", "database", id), call);
  }

  /** The id of a new database; empty text if the answer does not tell it. */
  String createDatabase(String name, String jurisdiction, CallContext call) {
    ObjectNode database = NODES.objectNode().put("name", name);
    if (!jurisdiction.isEmpty()) {
      database.put("jurisdiction", jurisdiction);
    }
    return api.result(to("d1", "database").json(database), call).path("uuid").asText();
  }

  /** Whether there is a bucket of this name in this jurisdiction, which may be empty text. */
  boolean hasBucket(String name, String jurisdiction, CallContext call) {
    try {
      api.result(in(jurisdiction, at("r2", "buckets", name)), call);
      return true;
    } catch (ProviderException e) {
      if (e.vendorCodes().contains(NO_BUCKET)) {
        return false;
      }
      throw e;
    }
  }

  void createBucket(String name, String jurisdiction, CallContext call) {
    api.result(
        in(jurisdiction, to("r2", "buckets").json(NODES.objectNode().put("name", name))), call);
  }

  private static ApiRequest in(String jurisdiction, ApiRequest request) {
    return jurisdiction.isEmpty() ? request : request.header("cf-r2-jurisdiction", jurisdiction);
  }

  boolean hasDispatchNamespace(String name, CallContext call) {
    return CloudflareApi.members(api.result(at("workers", "dispatch", "namespaces"), call)).stream()
        .anyMatch(namespace -> namespace.path("namespace_name").asText().equals(name));
  }

  void createDispatchNamespace(String name, CallContext call) {
    api.result(
        to("workers", "dispatch", "namespaces").json(NODES.objectNode().put("name", name)), call);
  }

  /** The bindings of the version that serves, as Cloudflare tells them. */
  JsonNode bindings(String worker, CallContext call) {
    return api.result(ApiRequest.get(api.script(worker, "settings")), call).path("bindings");
  }

  private ApiRequest at(String... below) {
    return ApiRequest.get(path(below));
  }

  private ApiRequest to(String... below) {
    return ApiRequest.post(path(below));
  }

  private String[] path(String... below) {
    String[] path = new String[below.length + 2];
    path[0] = "accounts";
    path[1] = api.account();
    System.arraycopy(below, 0, path, 2, below.length);
    return path;
  }
}
