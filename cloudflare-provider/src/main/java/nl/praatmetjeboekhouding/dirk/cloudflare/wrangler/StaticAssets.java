package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a wrangler file says of static assets.
 *
 * @param folder where they lie
 * @param config how they are served, as it is sent, without what stands in the folder
 */
public record StaticAssets(Path folder, ObjectNode config) {

  private static final int MOST_RULES = 100;
  private static final int LONGEST_RULE = 100;
  private static final List<String> SERVED =
      List.of("html_handling", "not_found_handling", "run_worker_first");

  static final Form FORM =
      Form.object(
              Map.of(
                  "directory",
                  Form.ANY_TEXT,
                  "binding",
                  Form.TEXT,
                  "html_handling",
                  Form.oneOf(
                      "auto-trailing-slash", "force-trailing-slash", "drop-trailing-slash", "none"),
                  "not_found_handling",
                  Form.oneOf("single-page-application", "404-page", "none"),
                  "run_worker_first",
                  StaticAssets::first))
          .and(
              Forms.warningOfOthersThan(
                  List.of(
                      "directory",
                      "binding",
                      "html_handling",
                      "not_found_handling",
                      "run_worker_first")));

  /** Finds them, or what is wrong with them; empty if there are none. */
  static Optional<StaticAssets> of(Path folder, View view, Findings findings) {
    if (!are(view)) {
      return Optional.empty();
    }
    Setting setting = inFile(view).orElse(new Setting("", JsonNodeFactory.instance.objectNode()));
    String directory = setting.value().path("directory").asText("");
    if (directory.isEmpty() && view.assets().isEmpty()) {
      findings.fault(
          setting.pointer(), "\"assets\" needs a \"directory\": where do the assets lie?");
      return Optional.empty();
    }
    if (view.find("main").isEmpty()) {
      refuseWithoutCode(setting, findings);
    }
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    for (String name : SERVED) {
      JsonNode value = setting.value().path(name);
      if (!value.isMissingNode()) {
        config.set(name, value);
      }
    }
    return view.assets()
        .or(() -> findings.path(folder, directory, setting.pointer(), "\"assets.directory\""))
        .map(found -> new StaticAssets(found, config));
  }

  /** Whether there are assets, of which a Worker may consist alone. */
  static boolean are(View view) {
    return view.assets().isPresent() || inFile(view).isPresent();
  }

  /** What the Worker's code calls them, if it does. */
  static Optional<Setting> binding(View view) {
    return inFile(view)
        .filter(found -> found.value().path("binding").isTextual())
        .map(found -> found.child("binding"));
  }

  private static Optional<Setting> inFile(View view) {
    return view.find("assets").filter(found -> found.value().isObject());
  }

  private static void refuseWithoutCode(Setting assets, Findings findings) {
    if (assets.value().has("binding")) {
      findings.fault(
          assets.child("binding").pointer(),
          "\"assets.binding\" is for a Worker's code, and there is no \"main\"; take it out or"
              + " name the code");
    }
    JsonNode first = assets.value().path("run_worker_first");
    if (first.asBoolean() || first.isArray()) {
      findings.fault(
          assets.child("run_worker_first").pointer(),
          "\"assets.run_worker_first\" runs a Worker's code, and there is no \"main\"; take it out"
              + " or name the code");
    }
  }

  /** All requests, none, or those whose path a rule matches and no rule with ! does. */
  private static void first(Setting setting, String path, Findings findings) {
    if (setting.value().isBoolean()) {
      return;
    }
    if (!setting.value().isArray()) {
      findings.fault(setting.pointer(), "\"" + path + "\" must be true, false, or a list of rules");
      return;
    }
    List<String> rules = findings.texts(setting, path);
    Set<String> seen = new HashSet<>();
    int positive = 0;
    for (String rule : rules) {
      String pattern = rule.startsWith("!") ? rule.substring(1) : rule;
      positive += rule.startsWith("!") ? 0 : 1;
      wrong(rule, pattern, seen)
          .ifPresent(
              why ->
                  findings.fault(
                      setting.pointer(), "\"" + path + "\" has the rule " + rule + ", " + why));
    }
    if (positive == 0 || rules.size() > MOST_RULES) {
      findings.fault(
          setting.pointer(),
          "\""
              + path
              + "\" must have at least one rule without !, and at most "
              + MOST_RULES
              + " in all");
    }
  }

  private static Optional<String> wrong(String rule, String pattern, Set<String> seen) {
    if (!pattern.startsWith("/")) {
      return Optional.of("which must begin with / or !/");
    }
    if (rule.length() > LONGEST_RULE) {
      return Optional.of("which is longer than " + LONGEST_RULE + " characters");
    }
    if (!seen.add(rule)) {
      return Optional.of("which is there twice");
    }
    return Optional.empty();
  }
}
