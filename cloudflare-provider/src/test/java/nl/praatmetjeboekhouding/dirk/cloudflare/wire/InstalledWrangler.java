package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The real wrangler, which is installed when it is needed first.
 *
 * @param home the folder that holds its {@code node_modules}
 */
record InstalledWrangler(Path home) {

  /**
   * Finds it, or installs it.
   *
   * @param module the folder of the module that this harness belongs to
   */
  static InstalledWrangler of(Path module) throws NotUnderstood, IOException {
    List<Path> homes =
        List.of(module.resolve("sandbox/target/node"), module.resolve("target/node"));
    for (Path home : homes) {
      if (isIn(home)) {
        return new InstalledWrangler(home.toAbsolutePath());
      }
    }
    Path home = homes.get(homes.size() - 1).toAbsolutePath();
    Path installer = module.resolve("sandbox/src/test/node/install.sh").toAbsolutePath();
    Tool.Ended ended =
        Files.isRegularFile(installer)
            ? Tool.run(Path.of(""), Map.of(), "sh", installer.toString(), home.toString())
            : new Tool.Ended(1, installer + " is missing");
    if (!isIn(home)) {
      throw new NotUnderstood("a project that needs a bundler: " + ended.output());
    }
    return new InstalledWrangler(home);
  }

  private static boolean isIn(Path home) {
    return Files.isRegularFile(home.resolve("installed.json"));
  }

  /** What starts it with these words. */
  List<String> command(List<String> words) throws IOException {
    List<String> command = new ArrayList<>(List.of(node()));
    command.add(home.resolve("node_modules/wrangler/bin/wrangler.js").toString());
    command.addAll(words);
    return command;
  }

  /** Where the programs lie that came with it, as they stand on the path of a build. */
  String programs() {
    return home.resolve("node_modules/.bin").toString();
  }

  /** The Node that came with wrangler, or where none came, the one on the path. */
  String node() throws IOException {
    try (Stream<Path> packages = Files.list(home.resolve("node_modules"))) {
      return packages
          .filter(folder -> folder.getFileName().toString().startsWith("node-"))
          .map(folder -> folder.resolve("bin/node"))
          .filter(Files::isExecutable)
          .map(Path::toString)
          .findFirst()
          .orElse("node");
    }
  }
}
