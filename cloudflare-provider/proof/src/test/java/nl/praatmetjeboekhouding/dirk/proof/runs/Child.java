package nl.praatmetjeboekhouding.dirk.proof.runs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A {@link KilledJvm} as its parent has it. */
final class Child implements AutoCloseable {

  private static final int KILLED = 128 + 9;

  private final Process process;
  private final BufferedReader out;
  private final List<String> boundaries = new ArrayList<>();
  private String said = "nothing";

  private Child(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static Child start(Orders orders) {
    return start(List.of(), orders);
  }

  /**
   * One that can let no file grow beyond a size, as if the disk were full then.
   *
   * @param blocks of 512 bytes
   */
  static Child startOnFullDisk(Orders orders, long blocks) {
    String limited = "ulimit -f " + blocks + "; exec \"$@\"";
    return start(List.of("sh", "-c", limited, "limited"), orders);
  }

  private static Child start(List<String> prefix, Orders orders) {
    return new Child(process(prefix, KilledJvm.class, orders.arguments()));
  }

  /** A JVM like this one, with a main of its own. */
  static Process process(List<String> prefix, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Dslf4j.internal.verbosity=ERROR",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hears it until it ends or waits to be killed; what it ended with, or empty if it waits. */
  Optional<String> hear() {
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(KilledJvm.BOUNDARY)) {
          boundaries.add(line.substring(KilledJvm.BOUNDARY.length()));
        } else if (line.equals(KilledJvm.STOPPED)) {
          return Optional.empty();
        } else if (line.startsWith(KilledJvm.SAID)) {
          said = line.substring(KilledJvm.SAID.length());
        } else if (line.startsWith(KilledJvm.ENDED)) {
          return Optional.of(line.substring(KilledJvm.ENDED.length()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("a process ended without a word after " + boundaries);
  }

  /** The boundaries that it came to, as far as it was heard. */
  List<String> boundaries() {
    return List.copyOf(boundaries);
  }

  /** What it told people in the end, as far as it was heard. */
  String said() {
    return said;
  }

  /** Kills it as nothing can be killed more: SIGKILL, and no last word. */
  void kill() throws InterruptedException {
    Process unused = process.destroyForcibly();
    int code = process.waitFor();
    if (code != KILLED) {
      throw new IllegalStateException("a process that was to be killed ended by itself: " + code);
    }
  }

  /** Waits until it has ended by itself. */
  void await() throws InterruptedException {
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException("a process ended with " + code);
    }
  }

  @Override
  public void close() {
    Process unused = process.destroyForcibly();
  }
}
