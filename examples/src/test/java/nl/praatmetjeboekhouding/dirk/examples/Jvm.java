package nl.praatmetjeboekhouding.dirk.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Java runtime of this machine, to start examples with as a user does.
 *
 * @param home its folder
 */
record Jvm(Path home) {

  /** What became of a process. */
  record Ran(int exit, String output) {}

  /** The one that runs this. */
  static Jvm current() {
    return new Jvm(Path.of(System.getProperty("java.home")));
  }

  /** JDK 25 where {@code JAVA_25_HOME} says or where Linux keeps it, or empty. */
  static Optional<Jvm> newest() {
    return Stream.concat(
            Stream.ofNullable(System.getenv("JAVA_25_HOME")).map(Path::of), installed())
        .filter(home -> Files.isExecutable(home.resolve("bin/java")))
        .findFirst()
        .map(Jvm::new);
  }

  /** Whether a program is on the path. */
  static boolean isInstalled(String program) {
    return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
  }

  /** Runs it with the token of the local Cloudflare in its environment. */
  Ran run(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLOUDFLARE_API_TOKEN", "sandbox-token");
    Process process = builder.start();
    process.getOutputStream().close();
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      return new Ran(process.waitFor(), text);
    } catch (InterruptedException e) {
      process.destroy();
      throw new IllegalStateException(e);
    }
  }

  private static Stream<Path> installed() {
    Path folder = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(folder)) {
      return Stream.of();
    }
    try (Stream<Path> homes = Files.list(folder)) {
      return homes
          .filter(home -> String.valueOf(home.getFileName()).contains("25"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
