package nl.praatmetjeboekhouding.dirk.command;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/**
 * A program to be run.
 *
 * @param run the program and its arguments, as they are; no shell reads them
 * @param folder where it runs
 * @param timeout how long it may take; positive
 * @param environment what it is given besides this process's own environment
 * @param secrets the same, where the value is a secret; looked up when the program starts
 */
public record Command(
    List<String> run,
    Path folder,
    Duration timeout,
    Map<String, String> environment,
    Map<String, Secret> secrets) {

  /**
   * Checks that there is a program, that the timeout is positive, and what variables are called.
   */
  public Command {
    run = List.copyOf(run);
    requireNonNull(folder, "folder");
    requireNonNull(timeout, "timeout");
    environment = Map.copyOf(environment);
    secrets = Map.copyOf(secrets);
    if (run.isEmpty() || run.get(0).isBlank()) {
      throw new IllegalArgumentException("run must name a program: " + run);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
    Stream.concat(environment.keySet().stream(), secrets.keySet().stream())
        .filter(name -> name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0)
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException("no variable can be called '" + name + "'");
            });
  }

  /** A program that may take ten minutes and is given nothing besides. */
  public static Command of(Path folder, String... run) {
    return new Command(List.of(run), folder, Duration.ofMinutes(10), Map.of(), Map.of());
  }

  /** This one, with how long it may take. */
  public Command withTimeout(Duration limit) {
    return new Command(run, folder, limit, environment, secrets);
  }

  /** This one, given these variables and no others. */
  public Command withEnvironment(Map<String, String> variables) {
    return new Command(run, folder, timeout, variables, secrets);
  }

  /** This one, given these secrets and no others. */
  public Command withSecrets(Map<String, Secret> variables) {
    return new Command(run, folder, timeout, environment, variables);
  }

  /** The program and its arguments; the environment is left out, since it may hold secrets. */
  @Override
  public String toString() {
    return String.join(" ", run);
  }
}
