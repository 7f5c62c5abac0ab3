package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.SecretValues;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/** Secrets that an upload brings along, whose values stand nowhere but in what is sent. */
record VersionSecrets(Map<String, Secret> given) {

  VersionSecrets {
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  /** These, and others over those of the same name. */
  VersionSecrets and(Map<String, Secret> more) {
    Map<String, Secret> all = new LinkedHashMap<>(given);
    all.putAll(more);
    return new VersionSecrets(all);
  }

  static VersionSecrets none() {
    return new VersionSecrets(Map.of());
  }

  /**
   * Refuses a Worker that is not there yet, and so has no secrets, without those that its project
   * requires.
   */
  void requireAll(WranglerProject project) {
    List<String> missing = missing(project);
    if (!missing.isEmpty()) {
      throw ProviderException.of(
          FailureKind.INELIGIBLE,
          "Cloudflare was not asked to deploy "
              + project.name()
              + ": it is not there yet, and its wrangler file requires the secrets "
              + String.join(", ", missing)
              + "; give them with the deploy");
    }
  }

  /** The metadata of an upload with the secrets that the project requires and that stay. */
  ObjectNode requiring(WranglerProject project, ObjectNode metadata) {
    List<String> kept = missing(project);
    if (!kept.isEmpty()) {
      ArrayNode bindings = metadata.withArray("bindings");
      kept.forEach(name -> bindings.addObject().put("name", name).put("type", "inherit"));
    }
    return metadata;
  }

  private List<String> missing(WranglerProject project) {
    return project.requiredSecrets().stream().filter(name -> !given.containsKey(name)).toList();
  }

  /** The metadata of an upload with the values. */
  ObjectNode in(ObjectNode metadata, SecretValues values) {
    if (given.isEmpty()) {
      return metadata;
    }
    ObjectNode filled = metadata.deepCopy();
    ArrayNode bindings = JsonNodeFactory.instance.arrayNode();
    for (JsonNode binding : metadata.path("bindings")) {
      if (!given.containsKey(binding.path("name").asText())) {
        bindings.add(binding);
      }
    }
    given.forEach(
        (name, value) ->
            bindings
                .addObject()
                .put("name", name)
                .put("type", "secret_text")
                .put("text", values.of(value)));
    filled.set("bindings", bindings);
    return filled;
  }
}
