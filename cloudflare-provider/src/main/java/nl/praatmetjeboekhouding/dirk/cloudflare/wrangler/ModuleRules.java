package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which files are modules, and of what type. The file's rules come before wrangler's own; a rule
 * without {@code fallthrough} is the last one of its type.
 */
final class ModuleRules {

  private record Rule(ModuleType type, List<Pattern> patterns, boolean fallthrough) {

    static Rule of(ModuleType type, List<String> globs, boolean fallthrough) {
      return new Rule(type, globs.stream().map(Glob::pattern).toList(), fallthrough);
    }

    boolean matches(String name) {
      return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }
  }

  private static final List<Rule> STANDARD =
      List.of(
          Rule.of(ModuleType.TEXT, List.of("**/*.txt", "**/*.html", "**/*.sql"), false),
          Rule.of(ModuleType.DATA, List.of("**/*.bin"), false),
          Rule.of(ModuleType.COMPILED_WASM, List.of("**/*.wasm", "**/*.wasm?module"), false));

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

  static ModuleRules of(View view, Findings findings) {
    List<Rule> rules = new ArrayList<>();
    view.find("rules")
        .ifPresent(
            setting ->
                findings
                    .list(setting, "\"rules\"")
                    .forEach(member -> rule(member, findings).ifPresent(rules::add)));
    rules.addAll(STANDARD);
    return new ModuleRules(rules);
  }

  private static Optional<Rule> rule(Setting setting, Findings findings) {
    String name = setting.value().path("type").asText("");
    Optional<ModuleType> type = ModuleType.configured(name);
    if (type.isEmpty()) {
      findings.fault(
          setting.pointer(),
          "the \"type\" of a rule must be ESModule, CommonJS, CompiledWasm, Text or Data");
    }
    List<String> globs = findings.texts(setting.child("globs"), "the \"globs\" of a rule");
    boolean fallthrough = setting.value().path("fallthrough").asBoolean(false);
    return type.map(known -> Rule.of(known, globs, fallthrough));
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
