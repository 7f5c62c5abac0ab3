package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does what the build of a project does: writes modules into a folder that can be uploaded as they
 * are. It is the real wrangler's bundler, which is installed when the first project needs it.
 */
final class Bundler {

  private static final Pattern MAIN =
      Pattern.compile("[\"']?\\bmain[\"']?\\s*[:=]\\s*[\"']([^\"']+)[\"']");
  private static final Pattern TAKES_A_BUNDLER =
      Pattern.compile("[\"']?\\b(build|define|alias)\\b[\"']?\\s*[:=\\]]");
  private static final Pattern UNBUNDLED =
      Pattern.compile("[\"']?\\bno_bundle[\"']?\\s*[:=]\\s*true");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^\\s*(import\\b|export\\b.*\\bfrom\\b)|\\brequire\\(");

  private final Path module;

  /**
   * Installs nothing yet.
   *
   * @param module the folder of the module that this harness belongs to
   */
  Bundler(Path module) {
    this.module = module;
  }

  /**
   * The folder with the modules, or empty if the project's main script is a module by itself. A
   * build that fails is an {@link IllegalStateException}: nothing is deployed then.
   *
   * @param project where the project is
   * @param file its wrangler file
   * @param script the main script, if the command line names one
   * @param words the words after {@code wrangler deploy}
   */
  Optional<Path> bundle(
      Path project,
      Path file,
      Optional<String> script,
      List<String> words,
      Map<String, String> variables)
      throws NotUnderstood, IOException {
    String config = Files.isRegularFile(file) ? text(file) : "";
    if (!isNeeded(project, config, script, words)) {
      return Optional.empty();
    }
    InstalledWrangler wrangler = InstalledWrangler.of(module);
    Path built = Files.createTempDirectory(project, ".built-");
    List<String> said = new ArrayList<>(List.of("deploy"));
    said.addAll(words);
    said.addAll(List.of("--dry-run", "--outdir", built.toString()));
    Map<String, String> all = new TreeMap<>(variables);
    all.putAll(Map.of("CI", "1", "WRANGLER_SEND_METRICS", "false", "HOME", project.toString()));
    all.put("PATH", wrangler.programs() + File.pathSeparator + System.getenv("PATH"));
    Tool.Ended ended = Tool.run(project, all, wrangler.command(said).toArray(String[]::new));
    if (ended.exit() != 0) {
      throw new IllegalStateException("the build failed: " + ended.output().strip());
    }
    return Optional.of(built);
  }

  /** Gives a project what is installed, unless it has something itself. */
  void installIn(Path project) throws NotUnderstood, IOException {
    Path modules = project.resolve("node_modules");
    if (!Files.exists(modules)) {
      Path unused =
          Files.createSymbolicLink(
              modules, InstalledWrangler.of(module).home().resolve("node_modules"));
    }
  }

  private static boolean isNeeded(
      Path project, String config, Optional<String> script, List<String> words) throws IOException {
    if (words.contains("--no-bundle") || UNBUNDLED.matcher(config).find()) {
      return false;
    }
    if (TAKES_A_BUNDLER.matcher(config).find()) {
      return true;
    }
    Matcher main = MAIN.matcher(config);
    Optional<String> named =
        script.or(() -> main.find() ? Optional.of(main.group(1)) : Optional.empty());
    if (named.isEmpty() || named.get().endsWith(".py")) {
      return false;
    }
    Path file = project.resolve(named.get());
    boolean javascript = named.get().matches(".*\\.m?js");
    return Files.isRegularFile(file) && (!javascript || IMPORT.matcher(text(file)).find());
  }

  /** What a file says; what is not UTF-8 in it is replaced, and is Dirk's affair. */
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
