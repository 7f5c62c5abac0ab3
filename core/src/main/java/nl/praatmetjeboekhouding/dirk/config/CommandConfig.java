package nl.praatmetjeboekhouding.dirk.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.command.Command;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/**
 * A command of a service, such as its tests.
 *
 * @param run the program and its arguments; not given to a shell
 * @param timeout how long it may take
 * @param environment variables that are set for it, by name
 */
public record CommandConfig(List<String> run, Duration timeout, Map<String, Variable> environment) {

  /** How variables are called that hold secrets. */
  private static final Pattern SECRET =
      Pattern.compile("(?i)(?:TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?|(?:API|PRIVATE)_?KEY)$");

  /** How long a command may take unless it is said: ten minutes. */
  public static final Duration TIMEOUT = Duration.ofMinutes(10);

  /** Checks that there is a program, the timeout positive, and the names of the variables. */
  public CommandConfig {
    run = List.copyOf(run);
    requireNonNull(timeout, "timeout");
    environment = Map.copyOf(environment);
    if (run.isEmpty() || run.get(0).isBlank()) {
      throw new IllegalArgumentException("run must name a program: " + run);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
    environment.keySet().forEach(Forms::variable);
  }

  /** A command that may take ten minutes, with nothing set for it. */
  public static CommandConfig of(String... run) {
    return new CommandConfig(List.of(run), TIMEOUT, Map.of());
  }

  /** This one, with how long it may take. */
  public CommandConfig withTimeout(Duration limit) {
    return new CommandConfig(run, limit, environment);
  }

  /** This one, with these variables and no others. */
  public CommandConfig withEnvironment(Map<String, Variable> variables) {
    return new CommandConfig(run, timeout, variables);
  }

  /** The command, to be run in {@code folder}; its secrets are looked up when it starts. */
  public Command in(Path folder, SecretsLookup lookup) {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, Secret> secrets = new LinkedHashMap<>();
    environment.forEach(
        (name, variable) -> {
          if (variable instanceof Variable.Plain plain) {
            texts.put(name, plain.text());
          } else if (variable instanceof Variable.FromSecret secret) {
            secrets.put(name, Secrets.of(secret.name(), lookup));
          }
        });
    return new Command(run, folder, timeout, texts, secrets);
  }

  Map<String, String> secrets(String path) {
    Map<String, String> secrets = new LinkedHashMap<>();
    environment.forEach(
        (name, variable) -> {
          if (variable instanceof Variable.FromSecret secret) {
            secrets.put(path + ".environment." + name, secret.name());
          }
        });
    return secrets;
  }

  List<String> warnings(String path) {
    return environment.entrySet().stream()
        .filter(variable -> variable.getValue() instanceof Variable.Plain)
        .map(Map.Entry::getKey)
        .filter(name -> SECRET.matcher(name).find())
        .sorted()
        .map(
            name ->
                "%s.environment.%s is called like a secret, but stands in the file: write ${env:%s}"
                    .formatted(path, name, name))
        .toList();
  }

  /** Without what the variables are set to: somebody may have written a secret there. */
  @Override
  public String toString() {
    return "CommandConfig[run=%s, timeout=%s, environment=%s]"
        .formatted(run, timeout, new TreeSet<>(environment.keySet()));
  }
}
