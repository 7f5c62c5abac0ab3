package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.CodeUpdate;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Consent;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.ModuleFile;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;

/**
 * All that a deploy of one Worker carries besides the content of its modules; travels as the
 * settings of {@link nl.praatmetjeboekhouding.dirk.spi.Prepared}.
 *
 * @param json {@code worker}, {@code first}, {@code atOnce}, {@code modules}, {@code metadata},
 *     {@code live}, {@code tags} and, if there are static assets, {@code assets}
 */
record Plan(ObjectNode json) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String FOREIGN =
      "Cloudflare was not asked: the prepared settings are not those of this deployer";

  /**
   * @param first whether the Worker is not there yet
   * @param migration what of its Durable Object classes is new; only an upload with the traffic can
   *     carry it
   */
  static Plan of(WranglerProject project, boolean first, PendingMigration migration) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("worker", project.name()).put("first", first);
    json.put("atOnce", first || project.goesLiveWithItsUpload() || migration.json().isPresent());
    migration.json().ifPresent(steps -> json.set("migrations", steps));
    json.set("update", codeUpdate(project));
    ArrayNode modules = json.putArray("modules");
    for (ModuleFile module : project.modules()) {
      modules
          .addObject()
          .put("name", module.name())
          .put("file", module.fileName())
          .put("type", module.contentType());
    }
    json.set("metadata", project.metadata());
    ObjectNode live = json.putObject("live");
    live.set(LiveState.SCRIPT_SETTINGS, project.scriptSettings());
    live.set(LiveState.SUBDOMAIN, project.subdomain());
    project.routes().ifPresent(routes -> live.set(LiveState.ROUTES, routes));
    project.crons().ifPresent(crons -> live.set(LiveState.SCHEDULES, crons));
    Attachment.into(json, live, project.attached());
    ArrayNode tags = json.putArray("tags");
    project.tags().forEach(tags::add);
    return new Plan(json);
  }

  /** What stands in unsafe.metadata goes before all else. */
  private static JsonNode codeUpdate(WranglerProject project) {
    JsonNode unsafe = project.metadata().path("code_update_strategy");
    return unsafe.isObject() ? unsafe : project.codeUpdate();
  }

  static Plan parse(String text) {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode json) {
        return new Plan(json);
      }
    } catch (JsonProcessingException e) {
      throw ProviderException.with(FailureKind.NOT_SENT, FOREIGN).cause(e).build();
    }
    throw ProviderException.of(FailureKind.NOT_SENT, FOREIGN);
  }

  /** The content of the project's modules, as it is now. */
  static List<ContentFile> files(WranglerProject project) {
    List<ContentFile> files = new ArrayList<>();
    for (ModuleFile module : project.modules()) {
      String name = fileName(module.name());
      try {
        files.add(ContentFile.of(name, module.file()));
      } catch (IOException e) {
        throw ProviderException.with(
                FailureKind.NOT_SENT,
                "Cloudflare was not asked: " + name + " cannot be read; build it and try again")
            .cause(e)
            .build();
      }
    }
    return files;
  }

  String worker() {
    return json.path("worker").asText();
  }

  /** Whether the Worker is not there yet. */
  boolean first() {
    return json.path("first").asBoolean();
  }

  /** Whether the upload brings the code to its users, because Cloudflare has no other way. */
  boolean atOnce() {
    return json.path("atOnce").asBoolean();
  }

  JsonNode live(String name) {
    return json.path("live").path(name);
  }

  /** What is done because it was asked for. */
  Set<Consent> consents() {
    return Attachment.consents(json);
  }

  /** What the project says of a database whose id it does not say; may be empty. */
  JsonNode database(String binding) {
    return json.path("databases").path(binding);
  }

  /** This one, without what is attached to its Worker. */
  Plan unattached() {
    ObjectNode copy = json.deepCopy();
    if (copy.path("live") instanceof ObjectNode live) {
      live.remove(List.of(LiveState.DOMAINS, LiveState.CONSUMERS));
    }
    return new Plan(copy);
  }

  /** This one, with how its static assets are served. */
  Plan withAssets(ObjectNode config) {
    ObjectNode copy = json.deepCopy();
    copy.set("assets", config);
    return new Plan(copy);
  }

  /** How its static assets are served; empty if it has none. */
  Optional<ObjectNode> assets() {
    return Optional.ofNullable(json.get("assets"))
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast);
  }

  /** This one, with other bindings. */
  Plan withBindings(ArrayNode bindings) {
    ObjectNode copy = json.deepCopy();
    if (copy.path("metadata") instanceof ObjectNode metadata) {
      metadata.set("bindings", bindings);
    }
    return new Plan(copy);
  }

  List<String> tags() {
    List<String> tags = new ArrayList<>();
    json.path("tags").forEach(tag -> tags.add(tag.asText()));
    return tags;
  }

  /** The metadata part of an upload, without annotations. */
  ObjectNode metadata() {
    ObjectNode metadata = json.path("metadata").deepCopy();
    if (atOnce() && isCode(metadata)) {
      metadata.set("code_update_strategy", codeUpdate());
      if (json.path("migrations").isObject()) {
        metadata.set("migrations", json.path("migrations").deepCopy());
      }
    }
    return metadata;
  }

  /** Whether there is more to it than static assets. */
  private static boolean isCode(ObjectNode metadata) {
    return metadata.has("main_module") || metadata.has("body_part");
  }

  /** The metadata part of an upload. */
  ObjectNode metadata(ObjectNode annotations) {
    ObjectNode metadata = metadata();
    metadata.set("annotations", annotations);
    return metadata;
  }

  /**
   * The metadata part of an upload that gets no traffic: log settings are the Worker's, and stay.
   * wrangler does not send who gets its tail as a stream either.
   */
  ObjectNode versionMetadata(ObjectNode annotations) {
    ObjectNode metadata = json.path("metadata").deepCopy();
    metadata.remove(List.of("logpush", "observability", "streaming_tail_consumers"));
    metadata.set("annotations", annotations);
    return metadata;
  }

  /** The modules in the order in which they are sent, with their content. */
  List<WorkerModule> modules(List<ContentFile> files) {
    Map<String, ContentFile> named =
        files.stream().collect(Collectors.toMap(ContentFile::name, Function.identity()));
    List<WorkerModule> modules = new ArrayList<>();
    for (JsonNode module : json.path("modules")) {
      String name = module.path("name").asText();
      ContentFile content = named.get(fileName(name));
      if (content == null) {
        throw ProviderException.of(
            FailureKind.NOT_SENT, FOREIGN + ": " + name + " is not among the release's files");
      }
      String file = module.path("file").asText(name);
      modules.add(new WorkerModule(name, file, module.path("type").asText(), content));
    }
    return modules;
  }

  /** How running Durable Objects get the new code. */
  ObjectNode codeUpdate() {
    return json.path("update") instanceof ObjectNode update
        ? update.deepCopy()
        : CodeUpdate.unsaid();
  }

  private static String fileName(String module) {
    return module.startsWith("./") ? module.substring(2) : module;
  }
}
