package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads what a project attaches to its Worker. Forms are looked at elsewhere. */
final class Attachments {

  private static final Form WHOLE =
      Form.of(value -> value.isIntegralNumber() && value.asLong() > 0, "a whole number above 0");

  /** A workflow, beyond the members that its binding sends. */
  static final Map<String, Form> WORKFLOW =
      Map.of(
          "limits", Form.object(Map.of("steps", WHOLE)),
          "concurrency", Form.object(Map.of("limit", WHOLE)),
          "schedules", Attachments::schedules,
          "default_retention", Form.object(Map.of()),
          "jurisdiction", Form.TEXT);

  /** What a consumer of a queue must be. */
  static final Form CONSUMER =
      Form.object(
              Map.of(
                  "queue", Form.TEXT,
                  "type", Form.of(value -> value.asText().equals("worker"), "\"worker\""),
                  "max_batch_size", Form.NUMBER,
                  "max_batch_timeout", Form.NUMBER,
                  "max_retries", Form.NUMBER,
                  "dead_letter_queue", Form.ANY_TEXT,
                  "max_concurrency", Form.NUMBER,
                  "visibility_timeout_ms", Form.NUMBER,
                  "retry_delay", Form.NUMBER))
          .needing("queue");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,63}");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final View view;
  private final Findings findings;

  Attachments(View view, Findings findings) {
    this.view = view;
    this.findings = findings;
  }

  Attached of(String worker) {
    return new Attached(
        new Triggers(view, findings).domains(),
        consumers(worker),
        workflows(worker),
        databases(),
        view.consents());
  }

  private ArrayNode consumers(String worker) {
    ArrayNode consumers = NODES.arrayNode();
    for (Setting setting : members(view.find("queues").map(queues -> queues.child("consumers")))) {
      JsonNode told = setting.value();
      ObjectNode entry = consumers.addObject().put("queue", told.path("queue").asText());
      ObjectNode consumer = entry.putObject("consumer").put("type", "worker");
      if (told.path("dead_letter_queue").isTextual()) {
        consumer.set("dead_letter_queue", told.path("dead_letter_queue"));
      }
      consumer.put("script_name", worker);
      ObjectNode settings = consumer.putObject("settings");
      copy(told, "max_batch_size", settings, "batch_size");
      copy(told, "max_retries", settings, "max_retries");
      if (told.path("max_batch_timeout").isNumber()) {
        long wait = Math.round(told.path("max_batch_timeout").asDouble() * 1000);
        settings.put("max_wait_time_ms", wait);
      }
      copy(told, "max_concurrency", settings, "max_concurrency");
      copy(told, "retry_delay", settings, "retry_delay");
    }
    return consumers;
  }

  private static void copy(JsonNode from, String name, ObjectNode to, String there) {
    if (from.path(name).isNumber()) {
      to.set(there, from.path(name));
    }
  }

  /** Those of other Workers are bound, not defined. */
  private ArrayNode workflows(String worker) {
    ArrayNode workflows = NODES.arrayNode();
    Map<String, Setting> exports = exported();
    for (Setting setting : members(view.find("workflows"))) {
      JsonNode told = setting.value();
      String name = told.path("name").asText();
      checkName(name, setting);
      boolean own = !told.has("script_name") || told.path("script_name").asText().equals(worker);
      Optional<Setting> export = Optional.ofNullable(exports.remove(name));
      export.ifPresent(declared -> checkBoth(setting, declared, own));
      if (export.isPresent()) {
        add(workflows, name, export.get().value(), className(export.get()), worker);
      } else if (own) {
        add(workflows, name, told, told.path("class_name").asText(), worker);
      } else {
        refuseDetails(
            setting,
            "is for the Worker that defines the workflow " + name + ", not for one that uses it");
      }
    }
    exports.forEach(
        (name, export) -> add(workflows, name, export.value(), className(export), worker));
    return workflows;
  }

  private void checkName(String name, Setting setting) {
    if (!NAME.matcher(name).matches()) {
      findings.fault(
          setting.pointer(),
          "a workflow's \"name\" must be 1 to 64 letters, digits, underscores and hyphens, and"
              + " not begin with a hyphen: "
              + name);
    }
  }

  /** What a workflow is stands at one place only. */
  private void checkBoth(Setting bound, Setting export, boolean own) {
    String name = bound.value().path("name").asText();
    String className = className(export);
    if (!own) {
      findings.fault(
          bound.pointer(),
          "the workflow "
              + name
              + " is another Worker's here, and this Worker's under exports."
              + className
              + "; take out \"script_name\", or call one of them otherwise");
    } else if (!bound.value().path("class_name").asText().equals(className)) {
      findings.fault(
          bound.pointer(),
          "the workflow " + name + " has another class under \"exports\": " + className);
    }
    refuseDetails(bound, "of the workflow " + name + " goes to exports." + className);
  }

  private void refuseDetails(Setting bound, String why) {
    WORKFLOW.keySet().stream()
        .filter(bound.value()::has)
        .sorted()
        .forEach(
            member -> findings.fault(bound.child(member).pointer(), "\"" + member + "\" " + why));
  }

  /** Those that are declared under the names of their classes, by their own names if they have. */
  private Map<String, Setting> exported() {
    Map<String, Setting> exported = new LinkedHashMap<>();
    view.find("exports")
        .filter(exports -> exports.value().isObject())
        .ifPresent(
            exports ->
                exports.value().properties().stream()
                    .filter(export -> export.getValue().path("type").asText().equals("workflow"))
                    .forEach(export -> export(exports.child(export.getKey()), exported)));
    return exported;
  }

  private void export(Setting export, Map<String, Setting> exported) {
    String name = export.value().path("name").asText();
    if (name.isEmpty()) {
      return;
    }
    checkName(name, export);
    if (exported.put(name, export) != null) {
      findings.fault(
          export.pointer(), "more than one class under \"exports\" is the workflow " + name);
    }
  }

  private static String className(Setting export) {
    return export.pointer().substring(export.pointer().lastIndexOf('/') + 1);
  }

  private static void add(
      ArrayNode workflows, String name, JsonNode told, String className, String worker) {
    workflows.addObject().put("name", name).set("workflow", workflow(told, className, worker));
  }

  private static ObjectNode workflow(JsonNode told, String className, String worker) {
    ObjectNode workflow =
        NODES.objectNode().put("script_name", worker).put("class_name", className);
    for (String member : List.of("limits", "concurrency", "default_retention", "jurisdiction")) {
      if (told.hasNonNull(member)) {
        workflow.set(member, told.path(member));
      }
    }
    if (told.path("schedules").isTextual()) {
      workflow.putArray("schedules").addObject().set("cron", told.path("schedules"));
    } else if (told.path("schedules").isArray()) {
      ArrayNode schedules = workflow.putArray("schedules");
      told.path("schedules").forEach(cron -> schedules.addObject().set("cron", cron));
    }
    return workflow;
  }

  private ObjectNode databases() {
    ObjectNode databases = NODES.objectNode();
    for (Setting setting : members(view.find("d1_databases"))) {
      JsonNode told = setting.value();
      if (told.path("database_id").asText("").isEmpty()) {
        ObjectNode database = databases.putObject(told.path("binding").asText());
        for (String member : List.of("database_name", "jurisdiction")) {
          if (!told.path(member).asText("").isEmpty()) {
            database.set(member, told.path(member));
          }
        }
      }
    }
    return databases;
  }

  private static List<Setting> members(Optional<Setting> list) {
    return list.filter(setting -> setting.value().isArray())
        .map(
            setting ->
                IntStream.range(0, setting.value().size())
                    .mapToObj(setting::child)
                    .filter(member -> member.value().isObject())
                    .toList())
        .orElse(List.of());
  }

  private static void schedules(Setting setting, String path, Findings findings) {
    if (setting.value().isArray() && !setting.value().isEmpty()) {
      List<String> unused = findings.texts(setting, path);
    } else {
      findings.text(setting, path);
    }
  }
}
