package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** How requests and clocks reach a Worker: workers.dev, routes and crons. */
final class Triggers {

  private final View view;
  private final Findings findings;

  Triggers(View view, Findings findings) {
    this.view = view;
    this.findings = findings;
  }

  /** On by itself if there are no routes; previews only if configured. */
  ObjectNode subdomain() {
    ObjectNode subdomain = JsonNodeFactory.instance.objectNode();
    boolean routed = !settings().isEmpty();
    subdomain.put(
        "enabled",
        view.find("workers_dev")
            .flatMap(setting -> findings.flag(setting, "workers_dev"))
            .orElse(!routed));
    view.find("preview_urls")
        .flatMap(setting -> findings.flag(setting, "preview_urls"))
        .ifPresent(enabled -> subdomain.put("previews_enabled", enabled));
    return subdomain;
  }

  /** What is sent, or empty if no route is configured. */
  Optional<ArrayNode> routes() {
    view.levels().stream()
        .filter(level -> level.value().hasNonNull("route") && level.value().hasNonNull("routes"))
        .forEach(
            level ->
                findings.fault(
                    level.child("route").pointer(), "use \"route\" or \"routes\", not both"));
    ArrayNode routes = JsonNodeFactory.instance.arrayNode();
    settings().forEach(setting -> route(setting, routes));
    return routes.isEmpty() ? Optional.empty() : Optional.of(routes);
  }

  /** What is sent, or empty if crons are not configured: those that are there then stay. */
  Optional<ArrayNode> crons() {
    return view.find("triggers")
        .map(triggers -> triggers.child("crons"))
        .filter(crons -> crons.value().isArray())
        .map(
            crons -> {
              ArrayNode sent = JsonNodeFactory.instance.arrayNode();
              findings
                  .texts(crons, "triggers.crons")
                  .forEach(cron -> sent.addObject().put("cron", cron));
              return sent;
            });
  }

  /** An inherited list wins over an environment's single route, as in wrangler. */
  private List<Setting> settings() {
    Optional<Setting> list = view.find("routes");
    return list.isPresent()
        ? IntStream.range(0, list.get().value().size()).mapToObj(list.get()::child).toList()
        : view.find("route").stream().toList();
  }

  /** Whether it has the form that wrangler takes is looked at elsewhere. */
  private void route(Setting setting, ArrayNode routes) {
    if (setting.value().path("custom_domain").asBoolean(false)) {
      findings.fault(
          setting.pointer(),
          "\"custom_domain\" cannot be deployed by this version of Dirk; use a route or wrangler");
    } else if (setting.value().isTextual()) {
      routes.addObject().set("pattern", setting.value());
    } else {
      routes.add(setting.value().deepCopy());
    }
  }
}
