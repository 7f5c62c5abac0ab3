package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Pages projects and their deployments as the API tells them. */
final class PagesJson {

  private PagesJson() {}

  static ObjectNode project(PagesProject project, long now) {
    ObjectNode node =
        Json.object()
            .put("id", project.id)
            .put("name", project.name)
            .put("subdomain", project.name + ".pages.dev")
            .put("production_branch", project.productionBranch)
            .put("production_script_name", "pages-worker--" + project.id + "-production")
            .put("preview_script_name", "pages-worker--" + project.id + "-preview")
            .put("framework", "")
            .put("framework_version", "")
            .put("uses_functions", false)
            .put("created_on", project.created.toString());
    node.putArray("domains").add(project.name + ".pages.dev");
    ObjectNode configs = node.putObject("deployment_configs");
    for (String environment : List.of("preview", "production")) {
      ObjectNode config =
          configs
              .putObject(environment)
              .put("always_use_latest_compatibility_date", false)
              .put("build_image_major_version", 3)
              .put("compatibility_date", "2026-01-01")
              .put("fail_open", true)
              .put("usage_model", "standard");
      config.putArray("compatibility_flags");
      config.set("env_vars", told(project.variables(environment)));
    }
    node.set("canonical_deployment", orNull(project, project.canonical(now), now));
    node.set("latest_deployment", orNull(project, project.visible(now).findFirst(), now));
    return node;
  }

  /** A secret is told by its name alone. */
  private static ObjectNode told(ObjectNode variables) {
    ObjectNode told = variables.deepCopy();
    for (JsonNode variable : told) {
      if (variable instanceof ObjectNode object
          && object.path("type").asText().equals("secret_text")) {
        object.put("value", "");
      }
    }
    return told;
  }

  static ObjectNode deployment(PagesProject project, PagesUpload upload, long now) {
    String shortId = upload.id().substring(0, 8);
    ObjectNode node =
        Json.object()
            .put("id", upload.id())
            .put("short_id", shortId)
            .put("project_id", project.id)
            .put("project_name", project.name)
            .put("environment", upload.isProduction() ? "production" : "preview")
            .put("url", "https://" + shortId + "." + project.name + ".pages.dev")
            .put("created_on", upload.created().toString())
            .put("modified_on", upload.created().toString())
            .put("is_skipped", false)
            .put("uses_functions", false);
    node.putArray("aliases");
    node.putObject("env_vars");
    node.putObject("build_config").put("web_analytics_tag", "").put("web_analytics_token", "");
    ObjectNode stage = stage(upload, now);
    node.set("latest_stage", stage);
    node.putArray("stages").add(stage.deepCopy());
    ObjectNode trigger = node.putObject("deployment_trigger").put("type", "ad_hoc");
    trigger
        .putObject("metadata")
        .put("branch", upload.branch())
        .put("commit_hash", upload.said().getOrDefault("commit_hash", ""))
        .put("commit_message", upload.said().getOrDefault("commit_message", ""))
        .put("commit_dirty", upload.said().getOrDefault("commit_dirty", "").equals("true"));
    return node;
  }

  private static ObjectNode stage(PagesUpload upload, long now) {
    boolean done = upload.isDone(now);
    ObjectNode stage =
        Json.object()
            .put("name", "deploy")
            .put("status", done ? "success" : "active")
            .put("started_on", upload.created().toString());
    return done ? stage.put("ended_on", upload.created().toString()) : stage.putNull("ended_on");
  }

  private static JsonNode orNull(PagesProject project, Optional<PagesUpload> upload, long now) {
    return upload
        .<JsonNode>map(one -> deployment(project, one, now))
        .orElse(NullNode.getInstance());
  }
}
