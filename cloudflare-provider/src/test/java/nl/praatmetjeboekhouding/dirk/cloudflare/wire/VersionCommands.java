package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.cloudflare.VersionNote;
import nl.praatmetjeboekhouding.dirk.cloudflare.VersionsCommand;
import nl.praatmetjeboekhouding.dirk.cloudflare.WorkerProject;
import nl.praatmetjeboekhouding.dirk.cloudflare.Workers;
import nl.praatmetjeboekhouding.dirk.cloudflare.Wrangler;

/** {@code wrangler versions ...}. */
final class VersionCommands {

  /** Here wrangler knows no {@code -m}. */
  private static final Map<String, String> ALIASES = Map.of("c", "config", "e", "env", "y", "yes");

  private final CommandLine line;

  VersionCommands(CommandLine line) {
    this.line = line;
  }

  void run(String verb, List<String> words) throws NotUnderstood, IOException {
    switch (verb) {
      case "upload" -> upload(words);
      case "deploy" -> deploy(words);
      case "list" -> list(words);
      case "view" -> view(words);
      default -> throw new NotUnderstood("the command versions " + verb);
    }
  }

  private void upload(List<String> words) throws NotUnderstood, IOException {
    Arguments arguments = CommandLine.uploading(words, "preview-alias");
    WorkerProject project = line.built(arguments, words);
    if (arguments.flag("dry-run").orElse(false)) {
      List<String> unused = project.check();
      return;
    }
    VersionNote note =
        new VersionNote(
            arguments.text("tag"), arguments.text("message"), arguments.text("preview-alias"));
    if (note.alias().isEmpty() && line.isAliased()) {
      note = note.withAliasOf(project.worker(), line.branch());
    }
    try (Workers workers = line.workers(project)) {
      Wrangler.with(workers).uploadVersion(project, note, CommandLine.call());
    }
  }

  private void deploy(List<String> words) throws NotUnderstood {
    Arguments arguments =
        Arguments.of(
            words,
            new Arguments.Known(
                ALIASES,
                Arguments.and(CommandLine.PROJECT, "message", CommandLine.CODE_UPDATE),
                Set.of("version-id", "version-tag", "percentage"),
                Set.of("yes", "dry-run")));
    VersionsCommand command = command(arguments);
    if (arguments.text("message").isPresent()) {
      command = command.because(arguments.text("message").get());
    }
    WorkerProject project = CommandLine.updating(line.project(arguments), arguments);
    if (arguments.flag("dry-run").orElse(false)) {
      List<String> unused = List.of(project.worker());
      return;
    }
    try (Workers workers = line.workers(project)) {
      Wrangler.with(workers).deployVersions(project, command, CommandLine.call());
    }
  }

  private static VersionsCommand command(Arguments arguments) {
    Optional<VersionsCommand> command = Optional.empty();
    for (String spec : arguments.rest()) {
      String[] parts = spec.split("@", 2);
      Optional<BigDecimal> percent =
          parts.length > 1 ? Optional.of(percent(parts[1])) : Optional.empty();
      command = Optional.of(with(command, parts[0], false, percent));
    }
    List<String> percents = new ArrayList<>(arguments.all("percentage"));
    for (String id : arguments.all("version-id")) {
      command = Optional.of(with(command, id, false, next(percents)));
    }
    for (String spec : arguments.all("version-tag")) {
      String[] parts = spec.split("@", 2);
      Optional<BigDecimal> percent =
          parts.length > 1 ? Optional.of(percent(parts[1])) : next(percents);
      command = Optional.of(with(command, parts[0], true, percent));
    }
    return command.orElseThrow(() -> new IllegalArgumentException("no version was named"));
  }

  private static Optional<BigDecimal> next(List<String> percents) {
    return percents.isEmpty() ? Optional.empty() : Optional.of(percent(percents.remove(0)));
  }

  private static BigDecimal percent(String text) {
    return new BigDecimal(text.replaceFirst("%$", ""));
  }

  private static VersionsCommand with(
      Optional<VersionsCommand> command, String name, boolean byTag, Optional<BigDecimal> percent) {
    if (command.isEmpty()) {
      VersionsCommand first = byTag ? VersionsCommand.tagged(name) : VersionsCommand.version(name);
      return percent.isEmpty() ? first : with(Optional.of(first), name, byTag, percent);
    }
    VersionsCommand more = command.get();
    if (percent.isEmpty()) {
      return byTag ? more.andTagged(name) : more.andVersion(name);
    }
    return byTag ? more.andTagged(name, percent.get()) : more.andVersion(name, percent.get());
  }

  private void list(List<String> words) throws NotUnderstood {
    WorkerProject project = line.own(reading(words));
    try (Workers workers = line.workers(project)) {
      Wrangler.with(workers).versions(project.worker(), CommandLine.call());
    }
  }

  private void view(List<String> words) throws NotUnderstood {
    Arguments arguments = reading(words);
    WorkerProject project = line.own(arguments);
    if (arguments.rest().size() != 1) {
      throw new NotUnderstood("a look at no version, or at several");
    }
    try (Workers workers = line.workers(project)) {
      Wrangler.with(workers).version(project.worker(), arguments.rest().get(0), CommandLine.call());
    }
  }

  private static Arguments reading(List<String> words) throws NotUnderstood {
    return Arguments.of(
        words,
        new Arguments.Known(CommandLine.ALIASES, CommandLine.PROJECT, Set.of(), Set.of("json")));
  }
}
