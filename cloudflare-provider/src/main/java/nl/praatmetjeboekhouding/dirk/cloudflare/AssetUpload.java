package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.Asset;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.ContentTypes;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;
import nl.praatmetjeboekhouding.dirk.http.Part;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/**
 * Brings a Worker's assets to Cloudflare, those only that are not there. What was uploaded stays,
 * so that a session that ends too early is followed by another one for the rest. Used once.
 */
final class AssetUpload {

  private static final int SESSIONS = 5;
  private static final String NO_TYPE = "application/null";

  private final CloudflareApi api;
  private final String[] session;
  private final Map<String, Asset> byHash = new HashMap<>();
  private final ObjectNode manifest;
  private final Remaining remaining;
  private final Repeats repeats;
  private final Set<String> asked = new HashSet<>();
  private final Set<String> arrived = ConcurrentHashMap.newKeySet();

  /**
   * @param session where the Worker opens a session, as a path
   */
  AssetUpload(
      CloudflareApi api,
      String[] session,
      List<Asset> assets,
      Remaining remaining,
      Repeats repeats) {
    this.api = api;
    this.session = session.clone();
    this.remaining = remaining;
    this.repeats = repeats;
    assets.forEach(asset -> byHash.putIfAbsent(asset.hash(), asset));
    manifest = manifest(assets);
  }

  /**
   * What is told of assets: for each path that begins with a slash, {@code hash} and {@code size}.
   */
  static ObjectNode manifest(List<Asset> assets) {
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    for (Asset asset : assets) {
      manifest.putObject("/" + asset.path()).put("hash", asset.hash()).put("size", asset.size());
    }
    return manifest;
  }

  /** How many contents there are, and how many of them Cloudflare lacks. */
  record Count(int lacking, int all) {}

  /** Asks what would be sent, and sends nothing. */
  Count count() {
    long lacking =
        StreamSupport.stream(open().path("buckets").spliterator(), false)
            .flatMap(bucket -> bucket(bucket).stream())
            .distinct()
            .count();
    return new Count((int) lacking, byHash.size());
  }

  /**
   * What the upload of the Worker carries, so that these are its assets.
   *
   * @throws ProviderException that says what has arrived, if anything has
   */
  String run() {
    try {
      for (int session = 1; ; session++) {
        Optional<String> token = unlessItEnds(open(), session == SESSIONS);
        if (token.isPresent()) {
          return token.get();
        }
      }
    } catch (ProviderException e) {
      throw arrived.isEmpty()
          ? e
          : HalfWay.saying(
              "%s; %d of %d contents that were missing have arrived, and are not sent again"
                  .formatted(e.getMessage(), arrived.size(), asked.size()),
              e);
    }
  }

  /** Empty if the session ended before all was there. */
  private Optional<String> unlessItEnds(JsonNode opened, boolean last) {
    try {
      return Optional.of(send(opened));
    } catch (ProviderException e) {
      if (e.kind() != FailureKind.UNAUTHENTICATED) {
        throw e;
      }
      if (last) {
        throw HalfWay.saying(
            "Five sessions for static assets ended before all were there, which is not for want"
                + " of a permission; try again, or with a faster connection: "
                + e.getMessage(),
            e);
      }
      return Optional.empty();
    }
  }

  private JsonNode open() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("manifest", manifest);
    ApiRequest request = ApiRequest.post(session).json(body);
    return repeats.send(() -> api.result(request, remaining.call()), failure -> Optional.empty());
  }

  private String send(JsonNode session) {
    String opened = session.path("jwt").asText("");
    Set<String> once = new HashSet<>();
    List<List<Asset>> buckets = new ArrayList<>();
    for (JsonNode hashes : session.path("buckets")) {
      List<Asset> bucket = new ArrayList<>(bucket(hashes));
      bucket.removeIf(asset -> !once.add(asset.hash()));
      buckets.add(bucket);
    }
    buckets.removeIf(List::isEmpty);
    asked.addAll(once);
    if (buckets.isEmpty()) {
      return told(opened);
    }
    if (opened.isBlank()) {
      throw ProviderException.of(
          FailureKind.UNREADABLE,
          "Cloudflare opened a session for static assets without a token to send them; try again");
    }
    Secret token = Secret.of("the upload of assets", () -> opened);
    List<String> completed =
        new Lanes(api, remaining.call()).each(buckets, bucket -> upload(bucket, token));
    return told(completed.stream().filter(text -> !text.isEmpty()).findFirst().orElse(""));
  }

  private List<Asset> bucket(JsonNode hashes) {
    List<Asset> assets = new ArrayList<>();
    for (JsonNode hash : hashes) {
      Asset asset = byHash.get(hash.asText());
      if (asset == null) {
        throw ProviderException.of(
            FailureKind.UNREADABLE, "Cloudflare asks for an asset that nobody told it of");
      }
      assets.add(asset);
    }
    return assets;
  }

  /**
   * The same content under the same name changes nothing, so that it may be sent again, and nobody
   * need hear of one that may have been taken.
   */
  private String upload(List<Asset> bucket, Secret token) {
    ApiRequest request =
        ApiRequest.post("accounts", api.account(), "workers", "assets", "upload")
            .query("base64", "true")
            .token(token)
            .multipart(bucket.stream().map(AssetUpload::part).toList());
    try {
      String completed =
          repeats.send(
              () -> api.result(request, remaining.call()).path("jwt").asText(""),
              failure -> Optional.empty());
      bucket.forEach(asset -> arrived.add(asset.hash()));
      return completed;
    } catch (ProviderException e) {
      String others = bucket.size() == 1 ? "" : " with " + (bucket.size() - 1) + " others";
      throw HalfWay.saying(
          e.getMessage() + ", while " + bucket.get(0).path() + others + " was sent", e);
    }
  }

  private static Part part(Asset asset) {
    Optional<String> type = ContentTypes.withCharset(asset.path()).or(() -> Optional.of(NO_TYPE));
    byte[] content = Base64.getEncoder().encode(asset.read());
    return Part.of(asset.hash(), Optional.of(asset.hash()), type, content);
  }

  private static String told(String token) {
    if (token.isEmpty()) {
      throw ProviderException.of(
          FailureKind.UNREADABLE,
          "Cloudflare took the assets without saying how a Worker refers to them; try again");
    }
    return token;
  }
}
