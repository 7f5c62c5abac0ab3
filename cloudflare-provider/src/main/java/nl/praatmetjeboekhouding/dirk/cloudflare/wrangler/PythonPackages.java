package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The packages that a Python Worker brings: whatever lies in {@code python_modules} beside the
 * wrangler file, where Cloudflare's {@code pywrangler} puts it.
 */
final class PythonPackages {

  /** What the file may say. */
  static final Form FORM = Form.object(Map.of("exclude", Form.TEXTS)).orNull();

  private static final String FOLDER = "python_modules";
  private static final List<String> COMPILED = List.of("**/*.pyc");

  private final Path folder;
  private final View view;
  private final Findings findings;

  PythonPackages(Path folder, View view, Findings findings) {
    this.folder = folder;
    this.view = view;
    this.findings = findings;
  }

  /** Beside the script they would be modules of another name than the script imports. */
  static void checkThatNoneAre(Path root, Path folder, Optional<Setting> main, Findings findings) {
    boolean elsewhere = !root.normalize().equals(folder.normalize());
    if (elsewhere && Files.exists(root.resolve(FOLDER))) {
      findings.fault(
          main.map(Setting::pointer).orElse(""),
          root.resolve(FOLDER) + " must lie beside the wrangler file, not beside the script");
    }
  }

  /** Adds them; one that is a module already is sent as a package's file instead. */
  void addTo(List<ModuleFile> modules) {
    if (Files.exists(folder.resolve("cf-requirements.txt"))) {
      findings.warn(
          "", "cf-requirements.txt is no longer read; put packages into pyproject.toml instead");
    }
    Path packages = folder.resolve(FOLDER);
    if (!Files.isDirectory(packages)) {
      return;
    }
    try {
      walk(packages.toRealPath(), modules);
    } catch (IOException e) {
      findings.fault("", packages + " cannot be read: " + e.getMessage());
    }
  }

  private void walk(Path packages, List<ModuleFile> modules) throws IOException {
    List<Glob> excluded = excluded();
    try (Stream<Path> walk = Files.walk(packages)) {
      for (Path file :
          walk.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList()) {
        String path = packages.relativize(file).toString().replace('\\', '/');
        if (excluded.stream().noneMatch(pattern -> pattern.matches(path))) {
          put(new ModuleFile(FOLDER + "/" + path, ModuleType.DATA, file), modules);
        }
      }
    }
  }

  private static void put(ModuleFile file, List<ModuleFile> modules) {
    for (int index = 0; index < modules.size(); index++) {
      if (modules.get(index).name().equals(file.name())) {
        modules.set(index, file);
        return;
      }
    }
    modules.add(file);
  }

  private List<Glob> excluded() {
    return view
        .find(FOLDER)
        .map(setting -> setting.child("exclude"))
        .filter(exclude -> exclude.value().isArray())
        .map(exclude -> findings.texts(exclude, FOLDER + ".exclude"))
        .orElse(COMPILED)
        .stream()
        .map(Glob::new)
        .toList();
  }
}
