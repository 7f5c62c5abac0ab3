package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** How Workers, versions and deployments look in answers. */
final class WorkerJson {

  /** Whose doing everything is. */
  static final String EMAIL = "sandbox@example.com";

  private WorkerJson() {}

  static ObjectNode service(Script script) {
    ObjectNode service = dates(script).put("id", script.name);
    ObjectNode environment = dates(script).put("environment", "production");
    environment.put("script_tag", script.tag);
    environment.set("script", script(script));
    service.set("default_environment", environment);
    service.putArray("environments").add(dates(script).put("environment", "production"));
    return service;
  }

  static ObjectNode script(Script script) {
    ObjectNode node = dates(script).put("id", script.name).put("tag", script.tag);
    node.set("tags", script.settings.path("tags").deepCopy());
    node.put("last_deployed_from", "wrangler").put("usage_model", "standard");
    node.putArray("handlers").add("fetch");
    Optional.ofNullable(script.migrationTag).ifPresent(tag -> node.put("migration_tag", tag));
    script.newest().ifPresent(newest -> runtime(node.put("etag", newest.code().etag()), newest));
    for (String setting : List.of("observability", "tail_consumers", "placement")) {
      if (script.settings.has(setting)) {
        node.set(setting, script.settings.get(setting));
      }
    }
    return node;
  }

  static ObjectNode worker(Script script, Optional<String> subdomain) {
    ObjectNode node =
        Json.object()
            .put("id", script.tag)
            .put("name", script.name)
            .put("created_on", script.created.toString())
            .put("updated_on", script.modified.toString())
            .put("logpush", script.settings.path("logpush").asBoolean());
    node.set("tags", tags(script));
    node.set(
        "observability",
        script.settings.has("observability")
            ? script.settings.get("observability").deepCopy()
            : Json.object().put("enabled", false));
    node.set("tail_consumers", list(script, "tail_consumers"));
    ObjectNode references = node.putObject("references");
    for (String kind :
        List.of(
            "domains", "workers", "durable_objects", "queues", "dispatch_namespace_outbounds")) {
      references.putArray(kind);
    }
    ObjectNode where = subdomain(script);
    subdomain.ifPresent(
        name -> {
          String host = script.name + "." + name + ".workers.dev";
          where.put("url", "https://" + host).put("preview_url_suffix", "-" + host);
        });
    node.set("subdomain", where);
    return node;
  }

  static ObjectNode subdomain(Script script) {
    return Json.object()
        .put("enabled", script.onWorkersDev)
        .put("previews_enabled", script.previews);
  }

  static ObjectNode settings(Script script) {
    ObjectNode node = scriptSettings(script);
    script.newest().ifPresent(newest -> runtime(node, newest));
    node.set("bindings", script.newest().map(WorkerJson::bindings).orElseGet(() -> empty()));
    node.set(
        "annotations", script.newest().map(v -> Json.map(v.annotations())).orElse(Json.object()));
    Optional.ofNullable(script.migrationTag).ifPresent(tag -> node.put("migration_tag", tag));
    return node;
  }

  static ObjectNode scriptSettings(Script script) {
    ObjectNode node = Json.object().put("logpush", script.settings.path("logpush").asBoolean());
    node.set("tags", tags(script));
    for (String setting : List.of("observability", "tail_consumers")) {
      if (script.settings.has(setting)) {
        node.set(setting, script.settings.get(setting).deepCopy());
      }
    }
    return node;
  }

  /** As it stands in a list. */
  static ObjectNode versionItem(Version version) {
    ObjectNode node = Json.object().put("id", version.id()).put("number", version.number());
    node.putObject("metadata")
        .put("created_on", version.created().toString())
        .put("modified_on", version.created().toString())
        .put("source", "wrangler")
        .put("author_email", EMAIL)
        .put("hasPreview", true)
        .put("has_preview", true);
    node.set("annotations", Json.map(version.annotations()));
    return node;
  }

  static ObjectNode version(Version version) {
    ObjectNode node = versionItem(version).put("startup_time_ms", 1);
    ObjectNode resources = node.putObject("resources");
    resources
        .putObject("script")
        .put("etag", version.code().etag())
        .put("last_deployed_from", "wrangler")
        .putArray("handlers")
        .add("fetch");
    ObjectNode runtime = resources.putObject("script_runtime").put("usage_model", "standard");
    runtime(runtime, version);
    told(runtime, version, "limits", Code.MIGRATION_TAG);
    resources.set("bindings", bindings(version));
    return node;
  }

  /** As the newer API has it, with main module and placement. */
  static ObjectNode wholeVersion(Version version) {
    ObjectNode node =
        Json.object()
            .put("id", version.id())
            .put("number", version.number())
            .put("created_on", version.created().toString())
            .put("source", "wrangler")
            .put("startup_time_ms", 1)
            .put("usage_model", "standard");
    node.putArray("urls");
    node.set("annotations", Json.map(version.annotations()));
    if (!version.code().main().isEmpty()) {
      node.put("main_module", version.code().main());
    }
    runtime(node, version);
    told(node, version, "limits", "placement", Code.MIGRATION_TAG);
    node.set("bindings", bindings(version));
    return node;
  }

  private static void told(ObjectNode node, Version version, String... names) {
    for (String name : names) {
      if (version.code().runtime().has(name)) {
        node.set(name, version.code().runtime().get(name).deepCopy());
      }
    }
  }

  static ObjectNode deployment(Rollout rollout) {
    ObjectNode node =
        Json.object()
            .put("id", rollout.id())
            .put("created_on", rollout.created().toString())
            .put("source", "wrangler")
            .put("strategy", "percentage")
            .put("author_email", EMAIL);
    node.set("annotations", Json.map(rollout.annotations()));
    ArrayNode versions = node.putArray("versions");
    for (Share share : rollout.shares()) {
      ObjectNode entry = versions.addObject().put("version_id", share.versionId());
      double percentage = share.percentage();
      if (percentage == Math.rint(percentage)) {
        entry.put("percentage", (long) percentage);
      } else {
        entry.put("percentage", percentage);
      }
    }
    return node;
  }

  /** Without what secrets hold. */
  static ArrayNode bindings(Version version) {
    return Json.array(
        version.bindings().stream()
            .map(binding -> Bindings.isSecret(binding) ? secret(binding) : binding.deepCopy()));
  }

  static ObjectNode secret(ObjectNode binding) {
    return Json.object()
        .put("name", binding.path("name").asText())
        .put("type", binding.path("type").asText());
  }

  private static void runtime(ObjectNode node, Version version) {
    version.code().compatibilityDate().ifPresent(date -> node.put("compatibility_date", date));
    node.set("compatibility_flags", Json.texts(version.code().compatibilityFlags()));
  }

  private static ArrayNode tags(Script script) {
    return list(script, "tags");
  }

  private static ArrayNode list(Script script, String setting) {
    return script.settings.path(setting) instanceof ArrayNode list ? list.deepCopy() : empty();
  }

  private static ArrayNode empty() {
    return Json.MAPPER.createArrayNode();
  }

  private static ObjectNode dates(Script script) {
    return Json.object()
        .put("created_on", script.created.toString())
        .put("modified_on", script.modified.toString());
  }
}
