package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which files are modules, and of what type. The file's rules come before wrangler's own; a rule
 * without {@code fallthrough} is the last one of its type.
 */
final class ModuleRules {

  private record Rule(ModuleType type, List<Glob> patterns, boolean fallthrough) {

    static Rule of(ModuleType type, List<String> globs, boolean fallthrough) {
      return new Rule(type, globs.stream().map(Glob::new).toList(), fallthrough);
    }

    boolean matches(String name) {
      return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }
  }

  /** What the file may say. */
  static final Form FORM =
      Form.list(
              Form.object(
                      Map.of(
                          "type",
                          Form.oneOf("ESModule", "CommonJS", "CompiledWasm", "Text", "Data"),
                          "globs",
                          Form.TEXTS,
                          "fallthrough",
                          Form.FLAG))
                  .needing("type")
                  .needing("globs"))
          .orNull();

  private static final List<Rule> STANDARD =
      List.of(
          Rule.of(ModuleType.TEXT, List.of("**/*.txt", "**/*.html", "**/*.sql"), false),
          Rule.of(ModuleType.DATA, List.of("**/*.bin"), false),
          Rule.of(ModuleType.COMPILED_WASM, List.of("**/*.wasm", "**/*.wasm?module"), false));

  private static final Rule PYTHON = Rule.of(ModuleType.PYTHON, List.of("**/*.py"), false);

  private final List<Rule> applied = new ArrayList<>();
  private final List<Rule> shadowed = new ArrayList<>();

  private ModuleRules(List<Rule> rules) {
    Set<ModuleType> closed = EnumSet.noneOf(ModuleType.class);
    for (Rule rule : rules) {
      (closed.contains(rule.type()) ? shadowed : applied).add(rule);
      if (!rule.fallthrough()) {
        closed.add(rule.type());
      }
    }
  }

  /**
   * Whether the file's rules have the form that wrangler takes is looked at elsewhere.
   *
   * @param main what the main script is: beside a Python one all Python files are modules
   */
  static ModuleRules of(View view, ModuleType main) {
    List<Rule> rules = new ArrayList<>();
    view.find("rules")
        .ifPresent(setting -> setting.value().forEach(it -> rule(it).ifPresent(rules::add)));
    rules.addAll(STANDARD);
    if (main == ModuleType.PYTHON) {
      rules.add(PYTHON);
    }
    return new ModuleRules(rules);
  }

  private static Optional<Rule> rule(JsonNode rule) {
    List<String> globs = new ArrayList<>();
    rule.path("globs").forEach(glob -> globs.add(glob.asText()));
    boolean fallthrough = rule.path("fallthrough").asBoolean(false);
    return ModuleType.configured(rule.path("type").asText(""))
        .map(known -> Rule.of(known, globs, fallthrough));
  }

  /** The type of a file, or empty if it is no module. */
  Optional<ModuleType> type(String name) {
    return applied.stream().filter(rule -> rule.matches(name)).map(Rule::type).findFirst();
  }

  /** Whether a rule names the file that an earlier rule of the same type keeps from applying. */
  boolean isShadowed(String name) {
    return shadowed.stream().anyMatch(rule -> rule.matches(name));
  }
}
