package nl.praatmetjeboekhouding.dirk.command;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Runs a command as a {@link Task}: what it writes is heard line by line, secrets masked, and it is
 * ended with all that it started when its time is over or somebody stops the run. It gets no input.
 * Safe for use by several threads.
 */
public final class CommandTask implements Task {

  private static final Duration POLL = Duration.ofMillis(20);
  private static final int CHUNK = 8192;
  private static final int DRAINED = 1024 * CHUNK;

  private final Command command;
  private final TimeSource time;
  private final List<Secret> masked;

  private CommandTask(Command command, TimeSource time, List<Secret> masked) {
    this.command = requireNonNull(command, "command");
    this.time = requireNonNull(time, "time");
    this.masked = List.copyOf(masked);
  }

  /**
   * A task that runs a command.
   *
   * @param masked what is masked in what it writes besides the command's own secrets, looked up at
   *     its start; values shorter than four characters are not
   */
  public static CommandTask of(Command command, TimeSource time, List<Secret> masked) {
    return new CommandTask(command, time, masked);
  }

  @Override
  public Worked run(Consumer<String> output, Cancellation cancellation) {
    Map<String, String> given = new HashMap<>();
    List<String> hidden = new ArrayList<>();
    try {
      command.secrets().forEach((name, secret) -> given.put(name, secret.reveal()));
      hidden.addAll(given.values());
      masked.forEach(secret -> hidden.add(secret.reveal()));
    } catch (ConfigurationException e) {
      return Worked.badly("'" + command + "' was not started: " + e.getMessage());
    }
    OutputLines lines = new OutputLines(hidden, output);
    Worked worked = run(given, lines, cancellation);
    return new Worked(worked.succeeded(), worked.stopped(), lines.masked(worked.detail()));
  }

  private Worked run(Map<String, String> given, OutputLines lines, Cancellation cancellation) {
    Process process;
    try {
      process = start(given);
    } catch (IOException e) {
      return Worked.badly("'" + command + "' could not be started: " + e.getMessage());
    }
    ProcessTree tree = new ProcessTree(process);
    try (InputStream out = process.getInputStream()) {
      return follow(process, tree, out, lines, cancellation);
    } catch (IOException e) {
      tree.end();
      return Worked.badly("the output of '" + command + "' broke off: " + e.getMessage());
    }
  }

  private Process start(Map<String, String> given) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command.run())
            .directory(command.folder().toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(command.environment());
    builder.environment().putAll(given);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private Worked follow(
      Process process,
      ProcessTree tree,
      InputStream out,
      OutputLines lines,
      Cancellation cancellation)
      throws IOException {
    long began = time.nanoTime();
    while (process.isAlive()) {
      boolean wrote = read(out, lines) > 0;
      tree.note();
      if (Duration.ofNanos(time.nanoTime() - began).compareTo(command.timeout()) >= 0) {
        tree.end();
        finish(out, lines);
        return Worked.badly(
            "'" + command + "' took longer than " + seconds(command.timeout()) + lastOf(lines));
      }
      boolean stopped = wrote ? cancellation.isStopped() : !time.pause(POLL, cancellation);
      if (stopped) {
        tree.end();
        finish(out, lines);
        return new Worked(false, true, "'" + command + "' was ended");
      }
    }
    finish(out, lines);
    int code = process.exitValue();
    Duration took = Duration.ofNanos(time.nanoTime() - began);
    return code == 0
        ? Worked.well("exit 0 after " + seconds(took))
        : Worked.badly("'" + command + "' ended with exit " + code + lastOf(lines));
  }

  /** Reads what is there without waiting for more. */
  private static int read(InputStream out, OutputLines lines) throws IOException {
    int ready = Math.min(out.available(), CHUNK);
    if (ready == 0) {
      return 0;
    }
    byte[] chunk = new byte[ready];
    int length = out.read(chunk);
    lines.add(chunk, Math.max(0, length));
    return length;
  }

  /**
   * What a process left in the pipe; a descendant that still holds the pipe open is not waited for.
   */
  private static void finish(InputStream out, OutputLines lines) throws IOException {
    int total = 0;
    for (int length = read(out, lines); length > 0 && total < DRAINED; length = read(out, lines)) {
      total += length;
    }
    lines.finish();
  }

  private static String lastOf(OutputLines lines) {
    List<String> last = lines.last().stream().filter(line -> !line.isBlank()).toList();
    return last.isEmpty() ? "" : "; it last wrote: " + last.get(last.size() - 1);
  }

  private static String seconds(Duration duration) {
    return String.format(java.util.Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
