package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a bundler has to know of a project.
 *
 * @param file the wrangler file, which may not be there
 * @param main the script that is bundled; empty if the modules are uploaded as they lie
 * @param define what each of these expressions is replaced by
 * @param alias what is imported instead of each of these
 * @param onlyByWrangler the key of the file that only wrangler's own bundler heeds, or empty
 * @param sourceMaps whether source maps are uploaded too
 */
public record Bundling(
    Path file,
    Optional<Path> main,
    Map<String, String> define,
    Map<String, String> alias,
    Optional<String> onlyByWrangler,
    boolean sourceMaps) {

  private static final Pattern JAVASCRIPT = Pattern.compile(".*\\.m?js");
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?m)^\\s*import\\b|\\bimport\\s*\\(|^\\s*export\\b.*\\bfrom\\b|\\brequire\\(");

  /** Checks that nothing is null. */
  public Bundling {
    requireNonNull(file, "file");
    requireNonNull(main, "main");
    define = Map.copyOf(define);
    alias = Map.copyOf(alias);
    requireNonNull(onlyByWrangler, "onlyByWrangler");
  }

  static Bundling of(Path folder, Path file, View view, Findings findings) {
    Optional<Path> main = main(folder, view, findings);
    Optional<String> only =
        view.find("build").filter(build -> build.value().hasNonNull("command")).isPresent()
            ? Optional.of("build.command")
            : view.find("rules").map(any -> "rules");
    return new Bundling(
        file,
        main,
        texts(view, "define"),
        texts(view, "alias"),
        only,
        findings.flag(view, "upload_source_maps").orElse(false));
  }

  /** Whether the main script cannot be uploaded as it lies. */
  public boolean isNeeded() {
    return main.isPresent()
        && (onlyByWrangler.filter("build.command"::equals).isPresent()
            || !define.isEmpty()
            || !alias.isEmpty()
            || !isModule(main.get()));
  }

  /** What the main script is called once it is bundled, beside the other modules. */
  public Optional<String> built() {
    return main.map(MainScript::built);
  }

  private static Optional<Path> main(Path folder, View view, Findings findings) {
    if (findings.flag(view, "no_bundle").orElse(false)) {
      return Optional.empty();
    }
    return view.find("main")
        .flatMap(main -> findings.text(main, "main").map(text -> Map.entry(main.pointer(), text)))
        .filter(main -> !main.getValue().endsWith(".py"))
        .flatMap(main -> findings.path(folder, main.getValue(), main.getKey(), "\"main\""));
  }

  private static Map<String, String> texts(View view, String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    view.find(key)
        .ifPresent(
            setting ->
                setting
                    .value()
                    .properties()
                    .forEach(one -> texts.put(one.getKey(), one.getValue().asText())));
    return texts;
  }

  /** A script that names no other one; what cannot be read is told when it is uploaded. */
  private static boolean isModule(Path script) {
    if (!JAVASCRIPT.matcher(String.valueOf(script.getFileName())).matches()) {
      return false;
    }
    try {
      byte[] bytes = Files.readAllBytes(script);
      return !IMPORT.matcher(new String(bytes, StandardCharsets.UTF_8)).find();
    } catch (IOException e) {
      return true;
    }
  }
}
