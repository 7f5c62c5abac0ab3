package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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

/** Finds the modules of a project, the main one first. */
final class ModuleFiles {

  /** What wrangler's bundler calls a file that it leaves beside the script. */
  private static final Pattern BUNDLED = Pattern.compile("[0-9a-f]{40}-[^/]+");

  /** What the main script imports from above its own folder. */
  private static final Pattern ABOVE = Pattern.compile("\\b(?:from|import)\\s*\"(\\.\\./[^\"]+)\"");

  private static final Pattern MAP =
      Pattern.compile("//[#@] ?sourceMappingURL=([^\\s:/'\"]+\\.map)\\s*\\z");

  private final Path folder;
  private final View view;
  private final MainScript main;
  private final ModuleRules rules;
  private final Findings findings;
  private final boolean keptNames;
  private final List<ModuleFile> modules = new ArrayList<>();

  ModuleFiles(Path folder, View view, MainScript main, Findings findings) {
    this.folder = folder;
    this.view = view;
    this.main = main;
    this.findings = findings;
    rules = ModuleRules.of(view, main.type());
    keptNames =
        view.modules().isPresent()
            && findings.flag(view, "preserve_file_names").orElse(false)
            && !findings.flag(view, "find_additional_modules").orElse(false);
  }

  List<ModuleFile> find() {
    script(new ModuleFile(main.name(), main.type(), main.file()), main.text());
    boolean more = findings.flag(view, "find_additional_modules").orElse(main.unbundled());
    if (view.modules().isPresent() || more) {
      walk();
    }
    if (keptNames) {
      refuseWhatTheBuildLeftOutside();
    }
    if (main.type() == ModuleType.PYTHON) {
      new PythonPackages(folder, view, findings).addTo(modules);
    }
    if (view.modules().isPresent()) {
      modules.sort(Comparator.comparingInt(this::place));
    }
    return modules;
  }

  /** A bundler's modules come in the order in which the main script names them. */
  private int place(ModuleFile module) {
    return module.name().startsWith("./") ? main.text().indexOf(module.name()) : -1;
  }

  private void walk() {
    Path beside = main.file().getParent() == null ? folder : main.file().getParent();
    Optional<Path> root = Optional.of(beside);
    Optional<Setting> base = view.find("base_dir").filter(any -> view.modules().isEmpty());
    if (base.isPresent()) {
      root =
          findings
              .text(base.get(), "base_dir")
              .flatMap(text -> findings.path(folder, text, base.get().pointer(), "\"base_dir\""));
    }
    root.ifPresent(this::walk);
    if (main.type() == ModuleType.PYTHON) {
      root.ifPresent(
          found -> PythonPackages.checkThatNoneAre(found, folder, view.find("main"), findings));
    }
  }

  private void walk(Path root) {
    try {
      visit(root, root);
    } catch (CharacterCodingException e) {
      findings.fault("", "a module in " + root + " is not UTF-8, though a script; save it so");
    } catch (IOException e) {
      findings.fault("", "the modules in " + root + " cannot be read: " + e.getMessage());
    }
  }

  private void visit(Path root, Path at) throws IOException {
    List<Path> entries;
    try (Stream<Path> listed = Files.list(at)) {
      entries = listed.sorted(Comparator.comparing(path -> path.getFileName().toString())).toList();
    }
    for (Path entry : entries) {
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        if (!entry.equals(folder.resolve(".wrangler"))) {
          visit(root, entry);
        }
      } else if (Files.notExists(entry)) {
        findings.fault(
            "",
            entry + " is a link to something that is not there; build that, or delete the link");
      } else if (Files.isRegularFile(entry)
          && !entry.equals(main.file())
          && !view.isFile(entry)
          && !isReadme(entry)) {
        module(root.relativize(entry).toString().replace('\\', '/'), entry);
      }
    }
  }

  /** What wrangler's bundler writes about its folder. */
  private boolean isReadme(Path file) {
    return view.modules().isPresent() && file.equals(main.file().resolveSibling("README.md"));
  }

  private void module(String path, Path file) throws IOException {
    Optional<ModuleType> type = rules.type(path);
    if (type.isEmpty()) {
      shadowed(path);
      return;
    }
    ModuleFile module = new ModuleFile(name(path), type.get(), file);
    if (type.get() == ModuleType.ES_MODULE) {
      script(module, Files.readString(file));
    } else {
      modules.add(module);
    }
  }

  /** As the main script imports it, if the bundler left it there. */
  private String name(String path) {
    String imported = "./" + path;
    return BUNDLED.matcher(path).matches() || (keptNames && isImported(imported)) ? imported : path;
  }

  private boolean isImported(String name) {
    return main.text().contains("\"" + name + "\"")
        || (main.type() == ModuleType.COMMON_JS && main.text().contains(Blobs.variable(name)));
  }

  /** The bundler writes a module under the name that it is imported by, be it above its folder. */
  private void refuseWhatTheBuildLeftOutside() {
    Matcher above = ABOVE.matcher(main.text());
    while (above.find()) {
      findings.fault(
          view.find("preserve_file_names").map(Setting::pointer).orElse(""),
          "\"preserve_file_names\" has the build write "
              + above.group(1)
              + " outside of its folder, from where it is not uploaded; move the file below that of"
              + " \"main\", or take the key out");
    }
  }

  /** A file that would be a module if an earlier rule did not say otherwise is passed over. */
  private void shadowed(String path) {
    if (rules.isShadowed(path)) {
      findings.warn(
          view.find("rules").map(Setting::pointer).orElse(""),
          path
              + " is no module, because an earlier rule of the same type keeps the one that it"
              + " matches from applying; add \"fallthrough\": true to the earlier one");
    }
  }

  /** A script, and the map that it names in its last line if that is there. */
  private void script(ModuleFile module, String text) {
    modules.add(module);
    Optional<Boolean> wanted = findings.flag(view, "upload_source_maps");
    Matcher map = MAP.matcher(text);
    if (!wanted.orElse(true) || !map.find()) {
      return;
    }
    String pointer = view.find("upload_source_maps").map(Setting::pointer).orElse("");
    Optional<Path> file =
        findings.path(
            module.file().resolveSibling("."),
            map.group(1),
            pointer,
            "the map of " + module.name());
    if (file.filter(Files::isRegularFile).isPresent()) {
      modules.add(new ModuleFile(module.name() + ".map", ModuleType.SOURCE_MAP, file.get()));
    } else if (file.isPresent() && wanted.isPresent()) {
      findings.fault(
          pointer,
          "the source map "
              + file.get()
              + " is not there; build it, or do not ask for source maps");
    }
  }
}
