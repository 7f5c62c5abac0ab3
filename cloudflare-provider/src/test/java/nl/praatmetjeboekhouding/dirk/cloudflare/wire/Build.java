package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Does what the build of a project does: writes modules into a folder that can be uploaded as they
 * are. It is the real wrangler's bundler, which is installed when the first project needs it.
 */
final class Build {

  private final Path module;

  /**
   * Installs nothing yet.
   *
   * @param module the folder of the module that this harness belongs to
   */
  Build(Path module) {
    this.module = module;
  }

  /**
   * The folder with the modules. A build that fails is an {@link IllegalStateException}: nothing is
   * deployed then.
   *
   * @param project where the project is
   * @param words the words after {@code wrangler deploy}
   */
  Path run(Path project, List<String> words, Map<String, String> variables)
      throws NotUnderstood, IOException {
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
    return built;
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
}
