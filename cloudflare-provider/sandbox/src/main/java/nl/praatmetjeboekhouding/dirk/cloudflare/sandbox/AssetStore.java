package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The static assets that were brought for Workers, and the sessions in which they are brought.
 * Guarded by the account's lock.
 */
final class AssetStore {

  /** A session of one Worker; its token is also what a complete one is referred to by. */
  static final class Session {

    private final String worker;
    private final Map<String, Listed> manifest;
    private final Set<String> lacking;

    private Session(String worker, Map<String, Listed> manifest, Set<String> lacking) {
      this.worker = worker;
      this.manifest = manifest;
      this.lacking = lacking;
    }

    /** The hashes that are still to be brought. */
    Set<String> lacking() {
      return lacking;
    }
  }

  private record Listed(String hash, long size) {}

  private final Map<String, Map<String, Bytes>> contents = new HashMap<>();
  private final Map<String, Session> sessions = new HashMap<>();

  /** Begins one for what a Worker lacks of a manifest. */
  Session open(String token, String worker, JsonNode manifest) {
    Map<String, Listed> listed = new LinkedHashMap<>();
    Set<String> lacking = new LinkedHashSet<>();
    for (Map.Entry<String, JsonNode> entry : manifest.properties()) {
      String hash = entry.getValue().path("hash").asText();
      if (!entry.getKey().startsWith("/") || !hash.matches("[0-9a-f]{32}")) {
        throw Refusal.invalid("no path with a hash of 32 digits: " + entry.getKey());
      }
      listed.put(entry.getKey(), new Listed(hash, entry.getValue().path("size").asLong(-1)));
      if (!of(worker).containsKey(hash)) {
        lacking.add(hash);
      }
    }
    Session session = new Session(worker, listed, lacking);
    sessions.put(token, session);
    return session;
  }

  /** The session of a token. */
  Session session(@Nullable String token) {
    Session session = sessions.get(token);
    if (session == null) {
      throw new Refusal(401, 10000, "Authentication error: no session for assets has this token");
    }
    return session;
  }

  /** Takes a content in. */
  void take(Session session, String hash, Bytes content) {
    Listed listed =
        session.manifest.values().stream()
            .filter(each -> each.hash().equals(hash))
            .findFirst()
            .orElseThrow(() -> Refusal.invalid("not in the manifest: " + hash));
    if (listed.size() != content.size()) {
      throw Refusal.invalid(hash + " has " + content.size() + " bytes, not " + listed.size());
    }
    of(session.worker).put(hash, content);
    session.lacking.remove(hash);
  }

  /** What the upload of a Worker refers to; none if it refers to nothing. */
  Assets assets(String worker, JsonNode metadata) {
    JsonNode told = metadata.path("assets");
    if (!told.isObject()) {
      return Assets.none();
    }
    Session session =
        Optional.ofNullable(sessions.get(told.path("jwt").asText()))
            .filter(each -> each.worker.equals(worker) && each.lacking.isEmpty())
            .orElseThrow(
                () -> Refusal.invalid("assets.jwt is not the one of a complete upload for it"));
    Map<String, Bytes> files = new HashMap<>();
    session.manifest.forEach(
        (path, listed) -> files.put(path, of(worker).getOrDefault(listed.hash(), Bytes.NONE)));
    return new Assets(true, files, told.path("config").deepCopy());
  }

  private Map<String, Bytes> of(String worker) {
    return contents.computeIfAbsent(worker, name -> new HashMap<>());
  }
}
