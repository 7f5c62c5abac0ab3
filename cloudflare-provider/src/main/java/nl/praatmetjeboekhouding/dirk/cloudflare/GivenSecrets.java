package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.SecretValues;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/** Secrets that an upload brings along, whose values stand nowhere but in what is sent. */
record GivenSecrets(Map<String, Secret> given) {

  private static final String SECRET = "secret_text";

  GivenSecrets {
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  /** These, and others over those of the same name. */
  GivenSecrets and(Map<String, Secret> more) {
    Map<String, Secret> all = new LinkedHashMap<>(given);
    all.putAll(more);
    return new GivenSecrets(all);
  }

  static GivenSecrets none() {
    return new GivenSecrets(Map.of());
  }

  /**
   * Refuses a Worker that is not there yet, and so has no secrets, without those that its project
   * requires.
   *
   * @param advice how they come there
   */
  void requireAll(WranglerProject project, String advice) {
    List<String> missing = missing(project);
    if (!missing.isEmpty()) {
      throw ProviderException.of(
          FailureKind.INELIGIBLE,
          "Cloudflare was not asked to deploy "
              + project.name()
              + ": it is not there yet, and its wrangler file requires the secrets "
              + String.join(", ", missing)
              + "; "
              + advice);
    }
  }

  /**
   * The metadata of an upload with the secrets that the project requires and that stay, and with
   * the places of those that are given, in wrangler's order: what stays, variables, what is given,
   * all else. Metadata without bindings, as static assets alone have it, has no secrets either.
   */
  ObjectNode placed(WranglerProject project, ObjectNode metadata) {
    if (!metadata.path("bindings").isArray()) {
      return metadata;
    }
    List<JsonNode> others = new ArrayList<>();
    Set<String> places = new LinkedHashSet<>();
    for (JsonNode binding : metadata.path("bindings")) {
      String name = binding.path("name").asText();
      if (given.containsKey(name)) {
        places.add(name);
      } else {
        others.add(binding);
      }
    }
    places.addAll(given.keySet());
    List<JsonNode> variables = others.stream().takeWhile(GivenSecrets::isVariable).toList();
    ArrayNode placed = JsonNodeFactory.instance.arrayNode();
    missing(project).forEach(name -> placed.addObject().put("name", name).put("type", "inherit"));
    placed.addAll(variables);
    places.forEach(name -> placed.addObject().put("name", name).put("type", SECRET));
    placed.addAll(others.subList(variables.size(), others.size()));
    ObjectNode complete = metadata.deepCopy();
    complete.set("bindings", placed);
    return complete;
  }

  /** The plan of an upload, likewise. */
  Plan placed(WranglerProject project, Plan plan) {
    return placed(project, plan.metadata()).path("bindings") instanceof ArrayNode bindings
        ? plan.withBindings(bindings)
        : plan;
  }

  private static boolean isVariable(JsonNode binding) {
    return Set.of("plain_text", "json").contains(binding.path("type").asText());
  }

  /** Required, neither given nor, as the caller says, something else that is bound. */
  private List<String> missing(WranglerProject project) {
    Set<String> bound = new HashSet<>();
    project
        .metadata()
        .path("bindings")
        .forEach(binding -> bound.add(binding.path("name").asText()));
    return project.requiredSecrets().stream()
        .filter(name -> !given.containsKey(name) && !bound.contains(name))
        .toList();
  }

  /**
   * That nothing is done with what is given, if that is so: static assets alone have no bindings.
   */
  List<String> unsent(WranglerProject project) {
    return given.isEmpty() || project.metadata().has("bindings")
        ? List.of()
        : List.of(
            "Static assets alone have no secrets; these were not sent: "
                + String.join(", ", given.keySet())
                + ".");
  }

  /** The metadata of an upload with the values in their places. */
  ObjectNode in(ObjectNode metadata, SecretValues values) {
    if (given.isEmpty()) {
      return metadata;
    }
    ObjectNode filled = metadata.deepCopy();
    for (JsonNode binding : filled.path("bindings")) {
      Secret value = given.get(binding.path("name").asText());
      boolean isPlace = binding.path("type").asText().equals(SECRET) && !binding.has("text");
      if (value != null && isPlace && binding instanceof ObjectNode place) {
        place.put("text", values.of(value));
      }
    }
    return filled;
  }
}
