package nl.praatmetjeboekhouding.dirk.command;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.command.Execution.Ended;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Runs a command as a {@link Task}. It gets the environment of this process and no input; what it
 * writes to both its outputs is heard line by line, secrets masked. Safe for use by several
 * threads.
 *
 * <p>A command leaves nothing behind: when it ends, whichever way, everything that it started is
 * ended too, first asked politely and killed after five seconds. On Linux that includes processes
 * whose parent has gone and that started a session of their own: they are recognised by the
 * variable {@code DIRK_COMMAND} in their environment, so that one that must outlive its command is
 * started with another value of it. Elsewhere a process is found only if it was seen, four times a
 * second, while its parent lived.
 */
public final class CommandTask implements Task {

  private static final String MARK = "DIRK_COMMAND";

  private final Command command;
  private final TimeSource time;
  private final List<Secret> secrets;

  private CommandTask(Command command, TimeSource time, List<Secret> secrets) {
    this.command = requireNonNull(command, "command");
    this.time = requireNonNull(time, "time");
    this.secrets = List.copyOf(secrets);
  }

  /**
   * A task that runs a command.
   *
   * @param secrets what is kept from it: masked in what it writes, as are its own secrets, and
   *     taken out of the environment of this process that it gets, unless it asks for a variable of
   *     that name; looked up when it starts. Values shorter than four characters are not masked
   */
  public static CommandTask of(Command command, TimeSource time, List<Secret> secrets) {
    return new CommandTask(command, time, secrets);
  }

  @Override
  public Worked run(Consumer<String> output, Cancellation cancellation) {
    requireNonNull(output, "output");
    if (cancellation.isStopped()) {
      return Worked.stopped("'" + command + "' was not started");
    }
    if (!Files.isDirectory(command.folder())) {
      return notStarted("there is no folder " + command.folder());
    }
    Map<String, String> asked = new HashMap<>();
    List<String> hidden = new ArrayList<>();
    try {
      command.secrets().forEach((name, secret) -> asked.put(name, value(secret)));
      secrets.forEach(secret -> hidden.add(value(secret)));
    } catch (ConfigurationException e) {
      return notStarted(e.getMessage());
    }
    hidden.addAll(asked.values());
    Masker masker = Masker.of(hidden);
    Worked worked = run(asked, masker, output, cancellation);
    return new Worked(
        worked.succeeded(), worked.stopped(), masker.mask(worked.detail()), worked.lastLines());
  }

  private static String value(Secret secret) {
    try {
      return secret.reveal();
    } catch (ConfigurationException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new ConfigurationException(
          "secrets",
          "the secret %s could not be looked up: %s"
              .formatted(secret.name(), e.getClass().getName()));
    }
  }

  private Worked run(
      Map<String, String> asked,
      Masker masker,
      Consumer<String> output,
      Cancellation cancellation) {
    String mark = UUID.randomUUID().toString();
    Process process;
    try {
      process = start(asked, mark);
    } catch (IOException e) {
      return notStarted(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return notStarted("a value of its environment holds the character 0");
    }
    Hearing hearing = new Hearing(output);
    OutputLines lines = new OutputLines(masker, hearing);
    ProcessTree tree = new ProcessTree(process.toHandle(), MARK + "=" + mark);
    Ended ended = new Execution(command, process, tree, hearing, lines, time).toEnd(cancellation);
    Optional<RuntimeException> thrown = hearing.thrown();
    if (thrown.isPresent()) {
      throw thrown.get();
    }
    return worked(ended, process, lines.kept());
  }

  private Process start(Map<String, String> asked, String mark) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command.run())
            .directory(command.folder().toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    secrets.forEach(secret -> environment.remove(secret.name()));
    environment.putAll(command.environment());
    environment.putAll(asked);
    environment.put(MARK, mark);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private Worked worked(Ended ended, Process process, List<String> lines) {
    return switch (ended.ending()) {
      case STOPPED -> Worked.stopped("'" + command + "' was ended").with(lines);
      case TIMED_OUT -> failed("took longer than " + seconds(command.timeout()), lines);
      case EXITED -> {
        int code = process.exitValue();
        yield code == 0
            ? Worked.well("exit 0 after " + seconds(ended.took())).with(lines)
            : failed("ended with exit " + code + " after " + seconds(ended.took()), lines);
      }
    };
  }

  private Worked failed(String how, List<String> lines) {
    String last =
        lines.stream()
            .filter(line -> !line.isBlank())
            .reduce((earlier, later) -> later)
            .map(line -> "; it last wrote: " + line)
            .orElse("");
    return Worked.badly("'" + command + "' " + how + last).with(lines);
  }

  private Worked notStarted(String why) {
    return Worked.badly("'" + command + "' was not started: " + why);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
