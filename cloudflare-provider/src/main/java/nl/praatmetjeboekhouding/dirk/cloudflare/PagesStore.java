package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.AssetHash;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.ContentTypes;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;

/**
 * Where Pages keeps contents by their hash, which is asked with an upload token instead of the API
 * token. What is there is not sent; sending one content twice changes nothing. Used once.
 */
final class PagesStore {

  private static final String EXPIRED = "8000013";
  private static final int TOKENS = 3;

  private final CloudflareApi api;
  private final PagesToken token;
  private final Remaining remaining;

  PagesStore(CloudflareApi api, PagesToken token, Remaining remaining) {
    this.api = api;
    this.token = token;
    this.remaining = remaining;
  }

  /** Brings what is not there yet; gives a warning if Pages will ask again next time. */
  Optional<String> bring(List<PagesAsset> assets) {
    Map<String, PagesAsset> byHash = new LinkedHashMap<>();
    assets.forEach(asset -> byHash.putIfAbsent(asset.hash(), asset));
    ObjectNode hashes = JsonNodeFactory.instance.objectNode();
    byHash.keySet().forEach(hashes.putArray("hashes")::add);
    if (byHash.isEmpty()) {
      return Optional.empty();
    }
    Set<String> missing =
        CloudflareApi.members(ask("check-missing", hashes)).stream()
            .map(JsonNode::asText)
            .collect(Collectors.toSet());
    send(byHash.values().stream().filter(asset -> missing.contains(asset.hash())).toList());
    try {
      JsonNode unused = ask("upsert-hashes", hashes);
      return Optional.empty();
    } catch (ProviderException e) {
      return Optional.of("The next deployment may send its files again: " + e.getMessage());
    }
  }

  private void send(List<PagesAsset> assets) {
    Queue<List<PagesAsset>> waiting = new ConcurrentLinkedQueue<>(PagesBuckets.of(assets));
    List<Together.Later<Boolean>> lanes = new ArrayList<>();
    try (Together together = api.together(remaining.call())) {
      for (int lane = 0; lane < PagesBuckets.AT_ONCE; lane++) {
        lanes.add(together.start(() -> sendAll(waiting)));
      }
    }
    lanes.forEach(Together.Later::get);
  }

  /** Sends what waits; if it fails, the other lanes find nothing more to do. */
  private boolean sendAll(Queue<List<PagesAsset>> waiting) {
    try {
      for (List<PagesAsset> next = waiting.poll(); next != null; next = waiting.poll()) {
        JsonNode unused = ask("upload", contents(next));
      }
      return true;
    } catch (RuntimeException e) {
      waiting.clear();
      throw e;
    }
  }

  private JsonNode ask(String what, JsonNode content) {
    ApiRequest request = ApiRequest.post("pages", "assets", what).json(content).repeatable();
    for (int attempt = 1; ; attempt++) {
      String used = token.value();
      try {
        return api.result(request, remaining.call());
      } catch (ProviderException e) {
        if (attempt == TOKENS || !e.vendorCodes().contains(EXPIRED)) {
          throw e;
        }
        token.replace(used);
      }
    }
  }

  private static ArrayNode contents(List<PagesAsset> assets) {
    ArrayNode contents = JsonNodeFactory.instance.arrayNode();
    for (PagesAsset asset : assets) {
      byte[] bytes = read(asset);
      ObjectNode content = contents.addObject();
      content.put("key", asset.hash()).put("value", Base64.getEncoder().encodeToString(bytes));
      content
          .putObject("metadata")
          .put(
              "contentType",
              ContentTypes.of(asset.file().name()).orElse("application/octet-stream"));
      content.put("base64", true);
    }
    return contents;
  }

  private static byte[] read(PagesAsset asset) {
    String path = asset.file().path();
    try {
      byte[] bytes = Files.readAllBytes(asset.file().file());
      if (AssetHash.of(asset.file().name(), bytes).equals(asset.hash())) {
        return bytes;
      }
      throw ProviderException.of(
          FailureKind.NOT_SENT,
          "Nothing was deployed: " + path + " changed while it was uploaded; deploy again");
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  static ProviderException unreadable(String path, IOException cause) {
    return ProviderException.with(
            FailureKind.NOT_SENT,
            "Nothing was deployed: " + path + " cannot be read; build it and deploy again")
        .cause(cause)
        .build();
  }
}
