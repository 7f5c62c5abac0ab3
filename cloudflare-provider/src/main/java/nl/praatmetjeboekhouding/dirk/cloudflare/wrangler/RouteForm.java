package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What a route must be. */
final class RouteForm {

  /** A single one; an empty text is none. */
  static final Form ONE = RouteForm::one;

  /** A list of them. */
  static final Form MANY = Form.list(RouteForm::member);

  private static final Map<String, Form> MEMBERS =
      Map.of(
          "pattern", Form.TEXT,
          "zone_id", Form.ANY_TEXT,
          "zone_name", Form.ANY_TEXT,
          "custom_domain", Form.FLAG,
          "enabled", Form.FLAG,
          "previews_enabled", Form.FLAG);

  private RouteForm() {}

  private static void one(Setting setting, String path, Findings findings) {
    if (!setting.value().isTextual()) {
      member(setting, path, findings);
    }
  }

  private static void member(Setting setting, String path, Findings findings) {
    JsonNode route = setting.value();
    if (route.isTextual()) {
      findings.text(setting, path);
    } else if (!route.isObject()) {
      findings.fault(
          setting.pointer(),
          "\"" + path + "\" must be a text or an object with a \"pattern\" and a zone");
    } else {
      unknown(route)
          .or(() -> lacking(route))
          .ifPresentOrElse(
              wrong -> findings.fault(setting.pointer(), "\"" + path + wrong),
              () -> Form.object(MEMBERS).check(setting, path, findings));
    }
  }

  private static Optional<String> unknown(JsonNode route) {
    TreeSet<String> names = new TreeSet<>();
    route.fieldNames().forEachRemaining(names::add);
    names.removeAll(MEMBERS.keySet());
    return names.stream()
        .findFirst()
        .map(name -> "." + name + "\" is unknown to a route; take it out");
  }

  private static Optional<String> lacking(JsonNode route) {
    if (!route.has("pattern")) {
      return Optional.of("\" needs \"pattern\"");
    }
    if (route.has("zone_id") && route.has("zone_name")) {
      return Optional.of("\" may have \"zone_id\" or \"zone_name\", not both");
    }
    boolean switched = route.has("enabled") || route.has("previews_enabled");
    if (switched && !route.has("custom_domain")) {
      return Optional.of("\" needs \"custom_domain\" for its \"enabled\"");
    }
    boolean zoned = route.has("zone_id") || route.has("zone_name") || route.has("custom_domain");
    return zoned
        ? Optional.empty()
        : Optional.of("\" needs a zone: \"zone_name\" or \"zone_id\", or write it as a text alone");
  }
}
