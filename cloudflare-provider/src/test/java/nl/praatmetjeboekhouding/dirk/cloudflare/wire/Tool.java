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
    builder.directory(folder.toAbsolutePath().toFile()).redirectErrorStream(true);
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(5, TimeUnit.MINUTES);
      return new Ended(process.exitValue(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + command[0] + " ran", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
