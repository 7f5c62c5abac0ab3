package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The script that Cloudflare starts.
 *
 * @param name what it is called when it is sent
 * @param file where it is
 * @param text what it says
 * @param unbundled whether the other modules lie around it as they are imported
 */
record MainScript(String name, Path file, String text, boolean unbundled, ModuleType type) {

  private static final Pattern JAVASCRIPT = Pattern.compile(".*\\.m?js");
  private static final Pattern DEFAULT_EXPORT =
      Pattern.compile(
          "\\bexport\\s+default\\b|\\bexport\\s*\\{[^{}]*\\bdefault\\b|\\bexport\\s*\\*\\s*as\\s+default\\b");

  /**
   * Finds it, or what is wrong with it. Dirk does not bundle: without {@code no_bundle} the project
   * is taken to be built, either into {@code main} alone or into a folder that the caller names.
   */
  static Optional<MainScript> of(Path folder, View view, Findings findings) {
    Optional<Setting> setting = view.find("main");
    if (setting.isEmpty() && !StaticAssets.are(view)) {
      findings.fault("", "\"main\" is missing: which module is the Worker?");
    }
    return setting.flatMap(
        main ->
            findings
                .text(main, "main")
                .flatMap(text -> of(folder, view, findings, main.pointer(), text)));
  }

  private static Optional<MainScript> of(
      Path folder, View view, Findings findings, String pointer, String text) {
    return findings
        .path(folder, text, pointer, "\"main\"")
        .flatMap(named -> of(folder, view, findings, pointer, text, named));
  }

  private static Optional<MainScript> of(
      Path folder, View view, Findings findings, String pointer, String text, Path named) {
    boolean unbundled = findings.flag(view, "no_bundle").orElse(false) || isPython(text);
    String name = unbundled ? String.valueOf(named.getFileName()) : built(named);
    Path file =
        view.modules().map(built -> folder.resolve(built).resolve(name).normalize()).orElse(named);
    if (view.modules().isEmpty() && !JAVASCRIPT.matcher(text).matches() && !isPython(text)) {
      findings.fault(
          pointer, "\"main\" is " + text + ", which has to be bundled, and " + KeyCheck.BUILD_IT);
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      String what = view.modules().isPresent() ? file.toString() : "\"main\" " + text;
      findings.fault(pointer, what + " is not there; build it first");
      return Optional.empty();
    }
    try {
      String script = Files.readString(file);
      return Optional.of(new MainScript(name, file, script, unbundled, type(name, script)));
    } catch (CharacterCodingException e) {
      findings.fault(pointer, "\"main\" " + text + " is not UTF-8; save it so, or build it so");
      return Optional.empty();
    } catch (IOException e) {
      findings.fault(pointer, "\"main\" cannot be read: " + e);
      return Optional.empty();
    }
  }

  /**
   * An ES module if it exports something by default, as wrangler sees it; else it is a service
   * worker, which listens to events, unless it is Python.
   */
  private static ModuleType type(String name, String text) {
    if (isPython(name)) {
      return ModuleType.PYTHON;
    }
    return DEFAULT_EXPORT.matcher(ScriptCode.of(text)).find()
        ? ModuleType.ES_MODULE
        : ModuleType.COMMON_JS;
  }

  private static boolean isPython(String fileName) {
    return fileName.endsWith(".py");
  }

  /** What it is called once it is bundled. */
  static String built(Path named) {
    String fileName = String.valueOf(named.getFileName());
    int dot = fileName.lastIndexOf('.');
    return (dot <= 0 ? fileName : fileName.substring(0, dot)) + ".js";
  }
}
