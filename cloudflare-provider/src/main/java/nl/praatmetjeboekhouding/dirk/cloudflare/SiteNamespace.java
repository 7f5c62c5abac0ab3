package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.SiteAsset;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;

/** A key-value namespace that holds the files of a Workers Site. Used once. */
final class SiteNamespace {

  private static final int KEYS = 1000;

  /** What goes together at most, in bytes of base64, unless one file alone is more. */
  private static final long BYTES = 25_000_000;

  private final CloudflareApi api;
  private final String id;
  private final Remaining remaining;
  private final Repeats repeats;

  SiteNamespace(CloudflareApi api, String id, Remaining remaining, Repeats repeats) {
    this.api = api;
    this.id = id;
    this.remaining = remaining;
    this.repeats = repeats;
  }

  /** All keys, in Cloudflare's order. */
  Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    String cursor = "";
    do {
      ApiRequest request = ApiRequest.get(path("keys")).query("prefix", "");
      JsonNode page =
          api.answer(
              cursor.isEmpty() ? request : request.query("cursor", cursor), remaining.call());
      CloudflareApi.members(page.path("result"))
          .forEach(key -> keys.add(key.path("name").asText()));
      cursor = page.path("result_info").path("cursor").asText("");
    } while (!cursor.isEmpty());
    return keys;
  }

  /** Writes files, several at a time; each is read only then. */
  void put(List<SiteAsset> assets) {
    ArrayNode bulk = JsonNodeFactory.instance.arrayNode();
    long bytes = 0;
    for (SiteAsset asset : assets) {
      long size = (asset.file().size() + 2) / 3 * 4;
      if (bulk.size() == KEYS || (!bulk.isEmpty() && bytes + size > BYTES)) {
        send(bulk);
        bulk = JsonNodeFactory.instance.arrayNode();
        bytes = 0;
      }
      bytes += size;
      bulk.addObject().put("key", asset.key()).put("value", asset.read()).put("base64", true);
    }
    if (!bulk.isEmpty()) {
      send(bulk);
    }
  }

  /** The same under the same key changes nothing, so that it may be sent again. */
  private void send(ArrayNode bulk) {
    JsonNode answer =
        repeats.repeat(() -> api.result(ApiRequest.put(path("bulk")).json(bulk), remaining.call()));
    JsonNode refused = answer.path("unsuccessful_keys");
    if (!refused.isEmpty()) {
      throw ProviderException.of(
          FailureKind.UNAVAILABLE,
          "Cloudflare did not take "
              + refused.size()
              + " files of the site, the first of them "
              + refused.path(0).asText()
              + "; deploy it again");
    }
  }

  /** Deletes keys, those that are gone already too. */
  void delete(Set<String> keys) {
    ArrayNode bulk = JsonNodeFactory.instance.arrayNode();
    for (String key : keys) {
      if (bulk.size() == KEYS) {
        erase(bulk);
        bulk = JsonNodeFactory.instance.arrayNode();
      }
      bulk.add(key);
    }
    if (!bulk.isEmpty()) {
      erase(bulk);
    }
  }

  private void erase(ArrayNode bulk) {
    JsonNode unused =
        repeats.repeat(
            () -> api.result(ApiRequest.delete(path("bulk")).json(bulk), remaining.call()));
  }

  private String[] path(String below) {
    return new String[] {"accounts", api.account(), "storage", "kv", "namespaces", id, below};
  }
}
