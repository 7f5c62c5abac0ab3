package nl.praatmetjeboekhouding.dirk.command;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Runs commands on the thread that asks. Immutable; safe for use by several threads.
 *
 * <p>A command gets the environment of this process and an empty standard input; what it writes to
 * both its outputs is one text in the order of writing. It is UTF-8, a line ends at a line feed or
 * a carriage return, terminal codes are taken out, a line has at most 2,000 characters and the last
 * 200 are kept.
 *
 * <p>A command leaves nothing behind: when it ends, whichever way, everything that it started is
 * ended too, children first asked politely and killed after five seconds. On Linux that includes
 * processes whose parent has gone and that started a session of their own: they are recognised by
 * the variable {@code DIRK_COMMAND} in their environment. A process that must outlive its command
 * is started with another value of it. Elsewhere a process is found only if it was seen, four times
 * a second, while its parent lived.
 */
public final class CommandRunner {

  private static final String MARK = "DIRK_COMMAND";

  private final TimeSource time;
  private final List<Secret> secrets;

  private CommandRunner(TimeSource time, List<Secret> secrets) {
    this.time = requireNonNull(time, "time");
    this.secrets = secrets;
  }

  /** A runner that knows no secrets. */
  public static CommandRunner create(TimeSource time) {
    return new CommandRunner(time, List.of());
  }

  /**
   * This runner, keeping these secrets and no others: their values are masked in all output, and
   * variables of their names are taken out of the environment of every command, unless it asks for
   * them by {@link Command#secrets}. A value of fewer than four characters is not masked; one that
   * the command writes in another form (encoded, in pieces) is not recognised.
   */
  public CommandRunner keeping(Collection<Secret> kept) {
    return new CommandRunner(time, List.copyOf(kept));
  }

  /**
   * Runs a command to its end. Returns when it and all that it started has ended, whichever way.
   * An interrupt detaches, as in {@link TimeSource#pause}.
   *
   * @param lines hears each line while the command runs, secrets masked, on the calling thread;
   *     what it throws is logged and ignored
   */
  public CommandResult run(Command command, Cancellation cancellation, Consumer<String> lines) {
    requireNonNull(lines, "lines");
    Optional<Cancellation.Stop> stop = cancellation.stop();
    if (stop.isPresent()) {
      return new CommandResult.Stopped(stop.get(), List.of(), Duration.ZERO);
    }
    if (!Files.isDirectory(command.folder())) {
      return notStarted("there is no folder " + command.folder());
    }
    Map<String, String> asked;
    Masker masker;
    try {
      asked = revealed(command.secrets());
      masker = masker(asked.values());
    } catch (ConfigurationException e) {
      return notStarted(String.valueOf(e.getMessage()));
    }
    String mark = UUID.randomUUID().toString();
    Process process;
    try {
      process = start(command, asked, mark);
    } catch (IOException | IllegalArgumentException e) {
      return notStarted(masker.mask(String.valueOf(e.getMessage())));
    }
    return new Execution(
            command, process, MARK + "=" + mark, new OutputLines(masker, lines), time)
        .toEnd(cancellation);
  }

  private static CommandResult notStarted(String reason) {
    return new CommandResult.NotStarted(reason, Duration.ZERO);
  }

  private Process start(Command command, Map<String, String> asked, String mark)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command.run())
            .directory(new File(command.folder().toString()))
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

  private Masker masker(Collection<String> asked) {
    List<String> values = new ArrayList<>(asked);
    for (Secret secret : secrets) {
      try {
        values.add(secret.reveal());
      } catch (ConfigurationException e) {
        // A secret that does not exist cannot be written by anybody.
        continue;
      }
    }
    return Masker.of(values);
  }

  private static Map<String, String> revealed(Map<String, Secret> secrets) {
    Map<String, String> values = new LinkedHashMap<>();
    secrets.forEach((name, secret) -> values.put(name, secret.reveal()));
    return values;
  }
}
