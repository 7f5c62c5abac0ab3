package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * What Cloudflare has of a Worker and a plan does not: a deploy overrides it, or the project is at
 * least not all there is to know. What only the plan has is no edit of others. Reads only. Used
 * once.
 */
final class DashboardEdits {

  /** What an upload may leave open, to be found out from what is bound now. */
  private static final Map<String, String> OPEN =
      Map.of(
          "kv_namespace", "namespace_id",
          "d1", "database_id",
          "r2_bucket", "bucket_name",
          "queue", "queue_name",
          "dispatch_namespace", "namespace");

  private final Workers workers;
  private final Plan plan;
  private final String environment;
  private final JsonNode script;
  private final Supplier<CallContext> calls;
  private final List<String> edits = new ArrayList<>();

  /**
   * Of a plan.
   *
   * @param service what Cloudflare tells of the Worker and of what serves as it
   */
  DashboardEdits(Workers workers, Plan plan, JsonNode service, Supplier<CallContext> calls) {
    this.workers = workers;
    this.plan = plan;
    environment = service.at("/default_environment/environment").asText("production");
    script = Workers.script(service);
    this.calls = calls;
  }

  /** Each in words, without a full stop. */
  List<String> overridden() {
    String worker = plan.worker();
    JsonNode bindings;
    JsonNode subdomain;
    JsonNode crons;
    try (Together together = workers.together(calls.get())) {
      Together.Later<JsonNode> bound =
          together.start(() -> workers.resources().bindings(worker, calls.get()));
      Together.Later<JsonNode> reached =
          together.start(() -> workers.subdomain(worker, calls.get()).orElseGet(Workers::nothing));
      Together.Later<JsonNode> scheduled =
          together.start(() -> workers.schedules(worker, calls.get()).orElseGet(Workers::nothing));
      Together.Later<List<String>> routes = together.start(this::otherRoutes);
      Together.Later<List<String>> domains = together.start(this::otherDomains);
      bindings = bound.get();
      subdomain = reached.get();
      crons = scheduled.get();
      edits.addAll(routes.get());
      edits.addAll(domains.get());
    }
    compareRuntime();
    compareSubdomain(subdomain);
    missing("the cron", texts(crons, "cron"), texts(plan.live(LiveState.SCHEDULES), "cron"));
    compareLogs();
    bindings.forEach(this::compareBinding);
    return List.copyOf(edits);
  }

  private void compareRuntime() {
    JsonNode metadata = plan.metadata();
    String date = script.path("compatibility_date").asText("");
    if (!date.isEmpty() && !date.equals(metadata.path("compatibility_date").asText())) {
      other("the compatibility date", date, metadata.path("compatibility_date").asText());
    }
    missing(
        "the compatibility flag",
        texts(script.path("compatibility_flags"), ""),
        texts(metadata.path("compatibility_flags"), ""));
    boolean smart = script.path("placement_mode").asText("").equals("smart");
    if (smart && !metadata.at("/placement/mode").asText("").equals("smart")) {
      edits.add("placement is smart there, and not in the project");
    }
    JsonNode limits = script.path("limits");
    limits
        .properties()
        .forEach(
            limit -> {
              JsonNode ours = metadata.path("limits").path(limit.getKey());
              if (!Covers.same(limit.getValue(), ours)) {
                other("the limit " + limit.getKey(), shown(limit.getValue()), shown(ours));
              }
            });
  }

  /** Where the project does not say, workers.dev and previews are on unless it has routes. */
  private void compareSubdomain(JsonNode now) {
    JsonNode wanted = plan.live(LiveState.SUBDOMAIN);
    boolean routed =
        !plan.live(LiveState.ROUTES).isEmpty() || !plan.live(LiveState.DOMAINS).isEmpty();
    compareSwitch(
        "workers.dev", now.path("enabled").asBoolean(), wanted.path("enabled").asBoolean(!routed));
    compareSwitch(
        "preview URLs",
        now.path("previews_enabled").asBoolean(),
        wanted.path("previews_enabled").asBoolean(!routed));
  }

  private void compareSwitch(String what, boolean now, boolean wanted) {
    if (now != wanted) {
      other(what, now ? "on" : "off", wanted ? "on" : "off");
    }
  }

  private List<String> otherRoutes() {
    JsonNode routes = plan.live(LiveState.ROUTES);
    if (routes.isEmpty()) {
      return List.of();
    }
    List<JsonNode> now =
        workers
            .routes(plan.worker(), calls.get())
            .orElseGet(() -> workers.serviceRoutes(plan.worker(), environment, calls.get()));
    return missing("pattern", "the route", now, routes);
  }

  private List<String> otherDomains() {
    JsonNode domains = plan.live(LiveState.DOMAINS);
    return domains.isEmpty()
        ? List.of()
        : missing(
            "hostname",
            "the custom domain",
            workers.domains().of(plan.worker(), calls.get()),
            domains);
  }

  private static List<String> missing(
      String member, String what, List<JsonNode> now, JsonNode wanted) {
    Set<String> ours = new HashSet<>(texts(wanted, member));
    return now.stream()
        .map(each -> each.path(member).asText())
        .filter(text -> !ours.contains(text))
        .map(text -> only(what, text))
        .toList();
  }

  private void missing(String what, List<String> now, List<String> wanted) {
    now.stream()
        .filter(text -> !wanted.contains(text))
        .forEach(text -> edits.add(only(what, text)));
  }

  private void compareLogs() {
    JsonNode metadata = plan.metadata();
    missing(
        "the tail consumer",
        texts(script.path("tail_consumers"), "service"),
        texts(metadata.path("tail_consumers"), "service"));
    ObjectNode now = logs(script.path("observability"));
    ObjectNode wanted = logs(metadata.path("observability"));
    List<String> differing = new ArrayList<>();
    differing("", now, wanted, differing);
    if (!differing.isEmpty()) {
      edits.add("observability has another " + String.join(", ", differing));
    }
  }

  private static void differing(String within, JsonNode now, JsonNode wanted, List<String> found) {
    now.properties()
        .forEach(
            member -> {
              String name = within + member.getKey();
              JsonNode ours = wanted.path(member.getKey());
              if (member.getValue().isObject() && ours.isObject()) {
                differing(name + ".", member.getValue(), ours, found);
              } else if (!Covers.same(member.getValue(), ours)) {
                found.add(name);
              }
            });
  }

  /** With what goes without saying. */
  private static ObjectNode logs(JsonNode told) {
    boolean enabled = told.path("enabled").asBoolean(false);
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.put("enabled", enabled).put("head_sampling_rate", 1);
    all.putObject("logs")
        .put("enabled", enabled)
        .put("head_sampling_rate", 1)
        .put("invocation_logs", true)
        .put("persist", true);
    all.putObject("traces").put("enabled", false).put("head_sampling_rate", 1).put("persist", true);
    told.properties()
        .forEach(
            member -> {
              if (member.getValue() instanceof ObjectNode inner
                  && all.path(member.getKey()) instanceof ObjectNode unsaid) {
                unsaid.setAll(inner);
              } else if (!member.getValue().isNull()) {
                all.set(member.getKey(), member.getValue());
              }
            });
    return all;
  }

  private void compareBinding(JsonNode now) {
    String name = now.path("name").asText();
    BindingWords words = new BindingWords(plan.worker());
    JsonNode wanted = wanted().getOrDefault(name, Workers.nothing());
    if (BindingWords.isSecret(now) || wanted.path("type").asText().equals("inherit")) {
      return;
    }
    String subject = words.subject(name, now);
    if (wanted.isMissingNode()) {
      if (!isKept(now)) {
        edits.add(subject + " is there, and not in the project");
      }
    } else if (!now.path("type").equals(wanted.path("type"))) {
      other(subject, words.described(now), words.described(wanted));
    } else {
      List<String> differing = new ArrayList<>(words.differing(now, wanted));
      differing.removeIf(member -> isOpen(wanted, member));
      if (!differing.isEmpty()) {
        edits.add(
            BindingWords.isValue(wanted)
                ? subject + " has another value"
                : subject + " has another " + String.join(", ", differing));
      }
    }
  }

  private Map<String, JsonNode> wanted() {
    Map<String, JsonNode> wanted = new HashMap<>();
    plan.metadata()
        .path("bindings")
        .forEach(binding -> wanted.put(binding.path("name").asText(), binding));
    return wanted;
  }

  private boolean isKept(JsonNode now) {
    return texts(plan.metadata().path("keep_bindings"), "").contains(now.path("type").asText());
  }

  private static boolean isOpen(JsonNode wanted, String member) {
    String type = wanted.path("type").asText();
    boolean said = type.equals("d1") ? wanted.has("id") : wanted.has(member);
    return !said && member.equals(OPEN.get(type));
  }

  private void other(String what, String now, String wanted) {
    edits.add(what + " is " + now + " there, and " + wanted + " in the project");
  }

  private static String only(String what, String text) {
    return what + " " + text + " is there, and not in the project";
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "not set" : value.asText();
  }

  private static List<String> texts(JsonNode list, String member) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add((member.isEmpty() ? each : each.path(member)).asText()));
    return texts;
  }
}
