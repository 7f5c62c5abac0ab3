package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.Asset;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.ContentTypes;
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
  private final AtomicInteger arrived = new AtomicInteger();

  PagesStore(CloudflareApi api, PagesToken token, Remaining remaining) {
    this.api = api;
    this.token = token;
    this.remaining = remaining;
  }

  /**
   * Brings what is not there yet; gives a warning if Pages will ask again next time.
   *
   * @param whole whether what is there goes again
   */
  Optional<String> bring(List<Asset> assets, boolean whole) {
    Map<String, Asset> byHash = new LinkedHashMap<>();
    assets.forEach(asset -> byHash.putIfAbsent(asset.hash(), asset));
    ObjectNode hashes = JsonNodeFactory.instance.objectNode();
    byHash.keySet().forEach(hashes.putArray("hashes")::add);
    Set<String> missing = whole ? byHash.keySet() : missing(hashes);
    bring(byHash.values().stream().filter(asset -> missing.contains(asset.hash())).toList());
    try {
      JsonNode unused = ask("upsert-hashes", hashes);
      return Optional.empty();
    } catch (ProviderException e) {
      return Optional.of("The next deployment may send its files again: " + e.getMessage());
    }
  }

  private Set<String> missing(ObjectNode hashes) {
    return CloudflareApi.members(ask("check-missing", hashes)).stream()
        .map(JsonNode::asText)
        .collect(Collectors.toSet());
  }

  private void bring(List<Asset> missing) {
    try {
      send(missing);
    } catch (ProviderException e) {
      throw HalfWay.saying(
          "%s; %d of %d contents that were missing have arrived, and nothing was deployed"
              .formatted(e.getMessage(), arrived.get(), missing.size()),
          e);
    }
  }

  private void send(List<Asset> assets) {
    List<Integer> unused =
        new Lanes(api, remaining.call()).each(PagesBuckets.of(assets), this::upload);
  }

  private int upload(List<Asset> files) {
    ArrayNode contents = contents(files);
    try {
      JsonNode unused = ask("upload", contents);
    } catch (ProviderException e) {
      String others = files.size() == 1 ? "" : " with " + (files.size() - 1) + " others";
      throw HalfWay.saying(
          e.getMessage() + ", while " + files.get(0).path() + others + " was sent", e);
    }
    return arrived.addAndGet(files.size());
  }

  private JsonNode ask(String what, JsonNode content) {
    ApiRequest request =
        ApiRequest.post("pages", "assets", what).token(token.secret()).json(content).repeatable();
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

  private static ArrayNode contents(List<Asset> assets) {
    ArrayNode contents = JsonNodeFactory.instance.arrayNode();
    for (Asset asset : assets) {
      ObjectNode content = contents.addObject();
      content
          .put("key", asset.hash())
          .put("value", Base64.getEncoder().encodeToString(asset.read()));
      content
          .putObject("metadata")
          .put(
              "contentType", ContentTypes.inPages(asset.name()).orElse("application/octet-stream"));
      content.put("base64", true);
    }
    return contents;
  }
}
