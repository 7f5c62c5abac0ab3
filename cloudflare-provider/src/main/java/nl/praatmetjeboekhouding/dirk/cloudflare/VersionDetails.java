package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Release;

/**
 * What Cloudflare tells of one version. It has two answers; the older one lacks the main module and
 * the placement.
 *
 * @param id the version's id
 * @param whole whether main module and placement are told if there are any
 * @param settings bindings, compatibility date and flags, limits, main module and placement
 * @param release what Dirk uploaded it as, or empty if another tool did
 */
record VersionDetails(String id, boolean whole, JsonNode settings, Optional<Release> release) {

  /** What a first deploy is compared with: nothing at all. */
  static VersionDetails none() {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    nothing.putArray("bindings");
    return new VersionDetails("", true, nothing, Optional.empty());
  }

  /** From either of Cloudflare's answers. */
  static VersionDetails of(JsonNode answer) {
    String id = answer.path("id").asText("");
    Optional<Release> release = Annotations.release(answer);
    JsonNode resources = answer.path("resources");
    if (!resources.isObject()) {
      return new VersionDetails(id, true, answer, release);
    }
    ObjectNode settings =
        resources.path("script_runtime") instanceof ObjectNode runtime
            ? runtime.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    settings.set("bindings", resources.path("bindings"));
    return new VersionDetails(id, false, settings, release);
  }

  /** Its bindings; anything but a list if they are not told. */
  JsonNode bindings() {
    return settings.path("bindings");
  }
}
