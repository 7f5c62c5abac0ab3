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
    boolean routed = !settings().isEmpty() || !view.domains().isEmpty();
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

  /** Custom domains as they are sent. */
  ArrayNode domains() {
    ArrayNode domains = JsonNodeFactory.instance.arrayNode();
    settings().stream().filter(Triggers::isDomain).forEach(setting -> domain(setting, domains));
    for (String host : view.domains()) {
      domain(new Setting("", JsonNodeFactory.instance.objectNode().put("pattern", host)), domains);
    }
    return domains;
  }

  private static boolean isDomain(Setting setting) {
    return setting.value().path("custom_domain").asBoolean(false);
  }

  private void domain(Setting setting, ArrayNode domains) {
    String host = setting.value().path("pattern").asText();
    if (host.contains("*") || host.contains("/")) {
      findings.fault(
          setting.pointer(),
          "a custom domain is a host alone, without * and without a path, which is for routes: "
              + host);
    }
    ObjectNode domain = domains.addObject().put("hostname", host);
    for (String member : List.of("zone_id", "zone_name", "enabled", "previews_enabled")) {
      if (setting.value().has(member)) {
        domain.set(member, setting.value().path(member));
      }
    }
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
  private static void route(Setting setting, ArrayNode routes) {
    if (isDomain(setting)) {
      return;
    }
    if (setting.value().isTextual()) {
      routes.addObject().set("pattern", setting.value());
    } else {
      routes.add(setting.value().deepCopy());
    }
  }
}
