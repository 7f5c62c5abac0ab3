package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.StepKey;

/**
 * All that a deploy of one Worker carries besides its modules; travels as the settings of {@link
 * nl.praatmetjeboekhouding.dirk.spi.Prepared}.
 *
 * @param json {@code worker}, {@code first}, {@code metadata}, {@code live} and {@code tags}
 */
record Plan(ObjectNode json) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Plan of(WranglerProject project, boolean first) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("worker", project.name()).put("first", first);
    json.set("metadata", project.metadata());
    ObjectNode live = json.putObject("live");
    live.set(LiveState.SCRIPT_SETTINGS, project.scriptSettings());
    live.set(LiveState.SUBDOMAIN, project.subdomain());
    project.routes().ifPresent(routes -> live.set(LiveState.ROUTES, routes));
    project.crons().ifPresent(crons -> live.set(LiveState.SCHEDULES, crons));
    ArrayNode tags = json.putArray("tags");
    project.tags().forEach(tags::add);
    return new Plan(json);
  }

  static Plan parse(String text) {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode json) {
        return new Plan(json);
      }
    } catch (JsonProcessingException e) {
      throw ProviderException.with(FailureKind.NOT_SENT, MESSAGE).cause(e).build();
    }
    throw ProviderException.of(FailureKind.NOT_SENT, MESSAGE);
  }

  private static final String MESSAGE =
      "Cloudflare was not asked: the prepared settings are not those of this deployer";

  String worker() {
    return json.path("worker").asText();
  }

  boolean first() {
    return json.path("first").asBoolean();
  }

  JsonNode live(String name) {
    return json.path("live").path(name);
  }

  JsonNode tags() {
    return json.path("tags");
  }

  /** The metadata part of an upload, without annotations. */
  ObjectNode metadata() {
    ObjectNode metadata = json.path("metadata").deepCopy();
    if (first()) {
      metadata.set("code_update_strategy", codeUpdateStrategy());
    }
    return metadata;
  }

  /** The metadata part of an upload. */
  ObjectNode metadata(StepKey key, Release release) {
    ObjectNode metadata = metadata();
    metadata.set("annotations", Annotations.ofUpload(key, release));
    return metadata;
  }

  /** How new code replaces running code: as wrangler does it, within five minutes. */
  static ObjectNode codeUpdateStrategy() {
    return JsonNodeFactory.instance.objectNode().put("mode", "deferred").put("max_delay", 300);
  }
}
