package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Other people's programs, run to their end. */
final class Tool {

  /** How a program ended, and what it said. */
  record Ended(int exit, String output) {}

  private Tool() {}

  /** Whether there is such a program. */
  static boolean isThere(String program) {
    try {
      return run(Path.of(""), Map.of(), program, "--version").exit() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  static Ended run(Path folder, Map<String, String> variables, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(List.of(command));
    builder.environment().putAll(variables);
    return run(folder, builder);
  }

  /** Runs one that sees no variables but these. */
  static Ended runAlone(Path folder, Map<String, String> variables, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(variables);
    return run(folder, builder);
  }

  private static Ended run(Path folder, ProcessBuilder builder) throws IOException {
    builder.directory(folder.toAbsolutePath().toFile()).redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(5, TimeUnit.MINUTES);
      return new Ended(process.exitValue(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + builder.command().get(0) + " ran", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
