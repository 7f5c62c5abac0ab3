package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A small project with the command lines that are given in it.
 *
 * @param folder where it is; its name is the scenario's
 */
record Scenario(Path folder) {

  /** A command line and the exit code that wrangler had. */
  record Line(String text, int exit) {}

  private static final Set<String> NO_PROJECT =
      Set.of("cmd", "seed.json", "env", "setup.sh", "NOTES");
  private static final Pattern EXIT = Pattern.compile("#\\s*exit=(\\d+).*");
  private static final Pattern VARIABLE = Pattern.compile("([A-Z_0-9]+)=(.*)");
  static final String ACCOUNT = "a1b2c3d4e5f60718293a4b5c6d7e8f90";

  static List<Scenario> in(Path scenarios) throws IOException {
    try (Stream<Path> folders = Files.list(scenarios)) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve("cmd")))
          .sorted()
          .map(Scenario::new)
          .toList();
    }
  }

  String name() {
    return String.valueOf(folder.getFileName());
  }

  List<Line> lines() throws IOException {
    List<Line> lines = new ArrayList<>();
    int exit = 0;
    for (String text : Files.readAllLines(folder.resolve("cmd"))) {
      Matcher expected = EXIT.matcher(text);
      if (expected.matches()) {
        exit = Integer.parseInt(expected.group(1));
      } else if (!text.isBlank() && !text.startsWith("#")) {
        lines.add(new Line(text, exit));
        exit = 0;
      }
    }
    return lines;
  }

  /** The environment variables that wrangler had for its own. */
  Map<String, String> variables() throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("CLOUDFLARE_API_TOKEN", "test-token");
    variables.put("CLOUDFLARE_ACCOUNT_ID", ACCOUNT);
    Path file = folder.resolve("env");
    for (String line : Files.isRegularFile(file) ? Files.readAllLines(file) : List.<String>of()) {
      Matcher variable = VARIABLE.matcher(line);
      if (variable.matches() && variable.group(2).equals("<unset>")) {
        variables.remove(variable.group(1));
      } else if (variable.matches()) {
        variables.put(variable.group(1), variable.group(2));
      }
    }
    return variables;
  }

  Optional<Path> seed() {
    return Optional.of(folder.resolve("seed.json")).filter(Files::isRegularFile);
  }

  /** Copies the project to a folder and sets it up there. */
  void copyTo(Path project) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = folder.relativize(file);
        if (!NO_PROJECT.contains(relative.toString())) {
          Path copy = project.resolve(relative);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
    if (Files.isRegularFile(folder.resolve("setup.sh"))) {
      String setup = folder.resolve("setup.sh").toAbsolutePath().toString();
      Tool.Ended ended = Tool.run(project, variables(), "bash", setup);
      if (ended.exit() != 0) {
        throw new IOException("setup.sh ended with " + ended.exit() + ": " + ended.output());
      }
    }
  }
}
