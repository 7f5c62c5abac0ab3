package nl.praatmetjeboekhouding.dirk.command;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/**
 * A program to run.
 *
 * @param folder where it runs; absolute
 * @param run the program and its arguments; not given to a shell
 * @param timeout how long it may take
 * @param environment variables that are set for it, by name
 * @param secrets variables that are set for it to the value of a secret, by name of the variable
 */
public record Command(
    Path folder,
    List<String> run,
    Duration timeout,
    Map<String, String> environment,
    Map<String, Secret> secrets) {

  /** Checks that there is a program, the folder absolute and the timeout positive. */
  public Command {
    requireNonNull(folder, "folder");
    run = List.copyOf(run);
    requireNonNull(timeout, "timeout");
    environment = Map.copyOf(environment);
    secrets = Map.copyOf(secrets);
    if (!folder.isAbsolute()) {
      throw new IllegalArgumentException("folder must be absolute: " + folder);
    }
    if (run.isEmpty() || run.get(0).isBlank()) {
      throw new IllegalArgumentException("run must name a program: " + run);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
  }

  /** A command that may take ten minutes, with nothing set for it. */
  public static Command of(Path folder, List<String> run) {
    return new Command(folder, run, Duration.ofMinutes(10), Map.of(), Map.of());
  }

  /** This one, with how long it may take. */
  public Command withTimeout(Duration limit) {
    return new Command(folder, run, limit, environment, secrets);
  }

  /** This one, with these variables and no others. */
  public Command withEnvironment(Map<String, String> variables) {
    return new Command(folder, run, timeout, variables, secrets);
  }

  /** This one, with variables set to these secrets and no others. */
  public Command withSecrets(Map<String, Secret> variables) {
    return new Command(folder, run, timeout, environment, variables);
  }
}
