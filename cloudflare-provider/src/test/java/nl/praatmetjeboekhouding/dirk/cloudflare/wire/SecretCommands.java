package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.cloudflare.DeployNote;
import nl.praatmetjeboekhouding.dirk.cloudflare.SecretsFile;
import nl.praatmetjeboekhouding.dirk.cloudflare.VersionSecrets;
import nl.praatmetjeboekhouding.dirk.cloudflare.WorkerProject;
import nl.praatmetjeboekhouding.dirk.cloudflare.WorkerSecrets;
import nl.praatmetjeboekhouding.dirk.cloudflare.Workers;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/** {@code wrangler secret ...} and {@code wrangler versions secret ...}. */
final class SecretCommands {

  /** Here wrangler knows no {@code -m}. */
  private static final Map<String, String> ALIASES = Map.of("c", "config", "e", "env");

  private final CommandLine line;
  private final String input;

  /**
   * The commands.
   *
   * @param input what comes through a pipe; may be empty text
   */
  SecretCommands(CommandLine line, String input) {
    this.line = line;
    this.input = input;
  }

  /** Makes a Worker that is not there, as wrangler where nobody sits at it. */
  void ofWorker(String verb, List<String> words) throws NotUnderstood {
    Arguments arguments =
        Arguments.of(
            words,
            new Arguments.Known(
                ALIASES, Arguments.and(CommandLine.PROJECT, "format"), Set.of(), Set.of()));
    WorkerProject project = line.own(arguments);
    String worker = worker(project, arguments);
    try (Workers workers = line.workers(project)) {
      WorkerSecrets secrets = workers.secrets().makingWorkers();
      switch (verb) {
        case "list" -> secrets.names(worker, CommandLine.call());
        case "put" -> {
          String name = name(arguments);
          secrets.put(worker, name, secret(name), CommandLine.call());
        }
        case "delete" -> secrets.remove(worker, name(arguments), CommandLine.call());
        default -> {
          Optional<Map<String, Optional<Secret>>> changes = changes(arguments);
          if (changes.isPresent()) {
            secrets.change(worker, changes.get(), CommandLine.call());
          }
        }
      }
    }
  }

  void ofVersion(String verb, List<String> words) throws NotUnderstood {
    Arguments arguments =
        Arguments.of(
            words,
            new Arguments.Known(
                ALIASES,
                Arguments.and(CommandLine.PROJECT, "message", "tag"),
                Set.of(),
                Set.of("latest-version")));
    WorkerProject project = line.own(arguments);
    String worker = worker(project, arguments);
    DeployNote note = new DeployNote(arguments.text("tag"), arguments.text("message"));
    try (Workers workers = line.workers(project)) {
      VersionSecrets secrets = workers.versionSecrets();
      switch (verb) {
        case "list" -> {
          if (arguments.flag("latest-version").orElse(false)) {
            secrets.newest(worker, CommandLine.call());
          } else {
            secrets.serving(worker, CommandLine.call());
          }
        }
        case "put" -> {
          String name = name(arguments);
          secrets.put(worker, name, secret(name), note, CommandLine.call());
        }
        case "delete" -> secrets.remove(worker, name(arguments), note, CommandLine.call());
        case "bulk" -> {
          Optional<Map<String, Optional<Secret>>> changes = changes(arguments);
          if (changes.isPresent()) {
            secrets.change(worker, changes.get(), note, CommandLine.call());
          }
        }
        default -> throw new NotUnderstood("the command versions secret " + verb);
      }
    }
  }

  /** Here a name on the command line is that of the top level. */
  private static String worker(WorkerProject project, Arguments arguments) {
    Optional<String> name = arguments.text("name");
    Optional<String> environment = arguments.text("env");
    return name.isPresent() && environment.isPresent()
        ? name.get() + "-" + environment.get()
        : project.worker();
  }

  private static String name(Arguments arguments) throws NotUnderstood {
    return arguments.rest().stream()
        .findFirst()
        .orElseThrow(() -> new NotUnderstood("a command without a secret's name"));
  }

  private Secret secret(String name) {
    String value = input.stripTrailing();
    return Secret.of(name, () -> value);
  }

  /**
   * From a file or else from the input; empty where wrangler says that it found nothing in the
   * input, and ends well.
   */
  private Optional<Map<String, Optional<Secret>>> changes(Arguments arguments) {
    Optional<Path> file = arguments.rest().stream().findFirst().map(line::resolve);
    if (file.isPresent()) {
      return Optional.of(SecretsFile.changes(file.get()));
    }
    try {
      return Optional.of(SecretsFile.changesIn(input, "what was piped in"));
    } catch (ConfigurationException e) {
      if (String.valueOf(e.getMessage()).matches("(?s).*(holds no secrets|is no JSON).*")) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
