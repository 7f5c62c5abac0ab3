package nl.praatmetjeboekhouding.dirk.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that runs {@link JournalChild}. Closing kills it. */
final class Child implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private Child(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static Child start(String what, Path folder, String name) throws IOException {
    return new Child(new ProcessBuilder(command(what, folder, name)).start());
  }

  /** Runs it by a shell, as {@code "$@"} of the script. */
  static Child startInShell(String script, String what, Path folder) throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
    command.addAll(command(what, folder, "child"));
    return new Child(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Whether a shell can run this script. */
  static boolean shellCan(String script) {
    try {
      Process process = new ProcessBuilder("bash", "-c", script).start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> command(String what, Path folder, String name) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return List.of(
        java.toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-cp",
        System.getProperty("java.class.path"),
        JournalChild.class.getName(),
        what,
        folder.toString(),
        name);
  }

  /** The next line, or "" at the end. */
  String line() throws IOException {
    String line = output.readLine();
    return line == null ? "" : line;
  }

  /** All whole lines from here to the end; a killed process may leave half a one. */
  List<String> rest() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int read = output.read(); read >= 0; read = output.read()) {
      text.append((char) read);
    }
    return text.substring(0, text.lastIndexOf("\n") + 1).lines().toList();
  }

  /** Ends it at once, as SIGKILL does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
