package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The versions of a Worker that serve.
 *
 * @param ids which they are; empty if none does
 */
record LiveVersions(Set<String> ids) {

  /** Those of the last deployment, the first of these. */
  static LiveVersions of(List<JsonNode> deployments) {
    Set<String> ids = new LinkedHashSet<>();
    deployments.stream()
        .limit(1)
        .flatMap(last -> StreamSupport.stream(last.path("versions").spliterator(), false))
        .forEach(version -> ids.add(version.path("version_id").asText()));
    return new LiveVersions(ids);
  }

  /**
   * Whether Dirk uploaded all of them; false if that is not to be seen. A version that came of a
   * secret that was set is the one before it, as to code and settings.
   *
   * @param versions of the Worker, newest first
   */
  boolean areOurs(List<JsonNode> versions) {
    return !ids.isEmpty() && ids.stream().allMatch(id -> isOurs(id, versions));
  }

  private static boolean isOurs(String id, List<JsonNode> versions) {
    return versions.stream()
        .dropWhile(version -> !version.path("id").asText().equals(id))
        .dropWhile(Annotations::isOfASecret)
        .findFirst()
        .filter(Annotations::isOurs)
        .isPresent();
  }
}
