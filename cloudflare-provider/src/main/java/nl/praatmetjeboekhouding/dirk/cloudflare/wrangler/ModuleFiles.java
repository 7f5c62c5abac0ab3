package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the modules of a project, the main one first. Dirk does not bundle: without {@code
 * no_bundle} the project is taken to be built, either into {@code main} alone or into a folder.
 */
final class ModuleFiles {

  private static final Pattern JAVASCRIPT = Pattern.compile(".*\\.m?js");
  private static final Pattern BUNDLED = Pattern.compile("[0-9a-f]{40}-[^/]+");
  private static final Pattern MAP =
      Pattern.compile("//[#@] ?sourceMappingURL=([^\\s:/'\"]+\\.map)\\s*\\z");

  private final Path folder;
  private final View view;
  private final Findings findings;
  private final Optional<Path> built;
  private final List<ModuleFile> modules = new ArrayList<>();

  ModuleFiles(Path folder, View view, Findings findings) {
    this.folder = folder;
    this.view = view;
    this.findings = findings;
    built = view.modules();
  }

  /** All modules; empty if what is wrong was found. */
  List<ModuleFile> find() {
    Optional<Setting> setting = view.find("main");
    if (setting.isEmpty()) {
      findings.fault("", "\"main\" is missing: which module is the Worker?");
      return List.of();
    }
    ModuleRules rules = ModuleRules.of(view, findings);
    Optional<String> text = findings.text(setting.get(), "\"main\"");
    if (text.isEmpty()) {
      return List.of();
    }
    boolean unbundled = flag("no_bundle");
    Path named = folder.resolve(text.get()).normalize();
    String fileName = String.valueOf(named.getFileName());
    String name = unbundled ? fileName : stem(fileName) + ".js";
    Path main = built.map(into -> folder.resolve(into).resolve(name).normalize()).orElse(named);
    if (!isModule(setting.get(), main, text.get())) {
      return List.of();
    }
    add(new ModuleFile(name, ModuleType.ES_MODULE, main));
    if (unbundled || built.isPresent() || flag("find_additional_modules")) {
      walk(root(main), main, rules);
    }
    return built.isPresent() ? asNamedBy(main) : modules;
  }

  /** A bundler's modules in the order in which the main one names them, as wrangler sends them. */
  private List<ModuleFile> asNamedBy(Path main) {
    try {
      String script = Files.readString(main);
      return modules.stream()
          .sorted(
              Comparator.comparingInt(
                  module -> module.name().startsWith("./") ? script.indexOf(module.name()) : -1))
          .toList();
    } catch (IOException e) {
      return modules;
    }
  }

  private boolean isModule(Setting setting, Path main, String text) {
    if (built.isEmpty() && !JAVASCRIPT.matcher(text).matches()) {
      findings.fault(
          setting.pointer(),
          "\"main\" must be a built ES module (.js or .mjs), because Dirk does not bundle: "
              + text
              + "; build it into a folder and name that folder");
    } else if (!Files.isRegularFile(main)) {
      String what = built.isPresent() ? main.toString() : "\"main\" " + text;
      findings.fault(setting.pointer(), what + " is not there; build it first");
    } else {
      return true;
    }
    return false;
  }

  private Path root(Path main) {
    Path beside = main.getParent() == null ? folder : main.getParent();
    return built.isPresent()
        ? beside
        : view.find("base_dir")
            .flatMap(setting -> findings.text(setting, "\"base_dir\""))
            .map(text -> folder.resolve(text).normalize())
            .orElse(beside);
  }

  private void walk(Path root, Path main, ModuleRules rules) {
    try {
      visit(root, root, main, rules);
    } catch (IOException e) {
      findings.fault("", "the modules in " + root + " cannot be listed: " + e.getMessage());
    }
  }

  private void visit(Path root, Path at, Path main, ModuleRules rules) throws IOException {
    List<Path> entries;
    try (Stream<Path> listed = Files.list(at)) {
      entries = listed.sorted(Comparator.comparing(path -> path.getFileName().toString())).toList();
    }
    for (Path entry : entries) {
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        if (!entry.equals(folder.resolve(".wrangler"))) {
          visit(root, entry, main, rules);
        }
      } else if (Files.isRegularFile(entry) && !entry.equals(main) && !view.isFile(entry)) {
        module(root.relativize(entry).toString().replace('\\', '/'), entry, rules);
      }
    }
  }

  private void module(String path, Path file, ModuleRules rules) {
    Optional<ModuleType> type = rules.type(path);
    if (type.isEmpty() && rules.isShadowed(path)) {
      findings.fault(
          view.find("rules").map(Setting::pointer).orElse(""),
          path
              + " matches a rule that an earlier one of the same type keeps from applying;"
              + " add \"fallthrough\": true to the earlier one");
    }
    String name = BUNDLED.matcher(path).matches() ? "./" + path : path;
    type.ifPresent(known -> add(new ModuleFile(name, known, file)));
  }

  private void add(ModuleFile module) {
    modules.add(module);
    boolean script = module.contentType().equals(ModuleType.ES_MODULE.contentType());
    Optional<Setting> wanted = view.find("upload_source_maps");
    boolean refused = wanted.filter(setting -> !setting.value().asBoolean(true)).isPresent();
    if (script && !refused) {
      sourceMap(module).ifPresent(modules::add);
    }
  }

  /** The map that a script names in its last line, if it is there. */
  private Optional<ModuleFile> sourceMap(ModuleFile module) {
    try {
      Matcher map = MAP.matcher(Files.readString(module.file()));
      if (!map.find()) {
        return Optional.empty();
      }
      Path file = module.file().resolveSibling(map.group(1));
      String name = module.name() + ".map";
      return Files.isRegularFile(file)
          ? Optional.of(new ModuleFile(name, ModuleType.SOURCE_MAP, file))
          : Optional.empty();
    } catch (IOException e) {
      findings.fault("", module.file() + " cannot be read as text: " + e.getMessage());
      return Optional.empty();
    }
  }

  private boolean flag(String key) {
    return view.find(key)
        .flatMap(setting -> findings.flag(setting, "\"" + key + "\""))
        .orElse(false);
  }

  private static String stem(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot <= 0 ? fileName : fileName.substring(0, dot);
  }
}
