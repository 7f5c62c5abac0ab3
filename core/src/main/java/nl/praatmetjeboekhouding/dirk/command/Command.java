package nl.praatmetjeboekhouding.dirk.command;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program to be run.
 *
 * @param run the program and its arguments, as they are; no shell reads them
 * @param folder where it runs
 * @param timeout how long it may take; positive
 * @param environment what it is given besides this process's own environment
 */
public record Command(
    List<String> run, Path folder, Duration timeout, Map<String, String> environment) {

  /** Checks that there is a program and that the timeout is positive. */
  public Command {
    run = List.copyOf(run);
    requireNonNull(folder, "folder");
    requireNonNull(timeout, "timeout");
    environment = Map.copyOf(environment);
    if (run.isEmpty() || run.get(0).isBlank()) {
      throw new IllegalArgumentException("run must name a program: " + run);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
  }

  /** A program that may take ten minutes and is given nothing besides. */
  public static Command of(Path folder, String... run) {
    return new Command(List.of(run), folder, Duration.ofMinutes(10), Map.of());
  }

  /** The program and its arguments; the environment is left out, since it may hold secrets. */
  @Override
  public String toString() {
    return String.join(" ", run);
  }
}
