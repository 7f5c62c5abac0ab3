package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.cloudflare.DeployNote;
import nl.praatmetjeboekhouding.dirk.cloudflare.DeployedWorker;
import nl.praatmetjeboekhouding.dirk.cloudflare.RollbackCommand;
import nl.praatmetjeboekhouding.dirk.cloudflare.WorkerProject;
import nl.praatmetjeboekhouding.dirk.cloudflare.Workers;
import nl.praatmetjeboekhouding.dirk.cloudflare.Wrangler;

/** Does through Dirk what a wrangler command line asks for. */
final class Commands {

  private static final Set<String> VARIABLES =
      Set.of(
          "CLOUDFLARE_API_TOKEN",
          "CLOUDFLARE_ACCOUNT_ID",
          "CLOUDFLARE_API_KEY",
          "CLOUDFLARE_EMAIL",
          "CLOUDFLARE_ENV",
          "WORKERS_CI",
          "WORKERS_CI_BRANCH",
          "WRANGLER_CI_GENERATE_PREVIEW_ALIAS",
          "WRANGLER_CI_MATCH_TAG",
          "WRANGLER_CI_OVERRIDE_NAME",
          "WRANGLER_SEND_METRICS");

  /** What changes the project's files between wrangler's commands. */
  private static final Set<String> FILE_PROGRAMS =
      Set.of("cp", "mkdir", "mv", "rm", "sed", "touch");

  private final Map<String, String> variables;
  private final URI api;
  private final CommandLine line;
  private final PagesCommands pages;

  Commands(Path folder, Map<String, String> variables, URI api, Build build) {
    this.variables = variables;
    this.api = api;
    line = new CommandLine(folder, variables, api, build);
    pages = new PagesCommands(folder, variables, api, build);
  }

  /** Does the last command of a pipeline. */
  void run(List<List<String>> pipeline) throws NotUnderstood, IOException {
    Piped piped = Piped.of(pipeline, line);
    run(piped.words(), piped.input());
  }

  private void run(List<String> words, String input) throws NotUnderstood, IOException {
    for (String name : variables.keySet()) {
      if (!VARIABLES.contains(name)) {
        throw new NotUnderstood("the variable " + name);
      }
    }
    if (words.contains(">")) {
      write(words);
      return;
    }
    if (!words.isEmpty() && FILE_PROGRAMS.contains(words.get(0))) {
      line.runHere(words);
      return;
    }
    if (words.isEmpty() || !words.get(0).equals("wrangler")) {
      throw new NotUnderstood("no command of wrangler");
    }
    List<String> command = words.stream().skip(1).takeWhile(word -> !word.startsWith("-")).toList();
    switch (String.join(" ", command.subList(0, Math.min(2, command.size())))) {
      case "deployments list", "deployments status" -> deployments(CommandLine.after(words, 3));
      case "versions upload", "versions deploy", "versions list", "versions view" ->
          new VersionCommands(line).run(words.get(2), CommandLine.after(words, 3));
      case "triggers deploy" -> triggers(CommandLine.after(words, 3));
      case "secret put", "secret bulk", "secret list", "secret delete" ->
          new SecretCommands(line, input).ofWorker(words.get(2), CommandLine.after(words, 3));
      case "versions secret" ->
          new SecretCommands(line, input)
              .ofVersion(command.size() > 2 ? command.get(2) : "", CommandLine.after(words, 4));
      case "dispatch-namespace list",
          "dispatch-namespace get",
          "dispatch-namespace create",
          "dispatch-namespace delete",
          "dispatch-namespace rename" ->
          dispatch(words.get(2), CommandLine.after(words, 3));
      default -> {
        switch (command.isEmpty() ? "" : command.get(0)) {
          case "deploy" -> deploy(CommandLine.after(words, 2));
          case "pages" -> pages.run(CommandLine.after(words, 2), input);
          case "delete" -> new WorkerCommands(line).delete(CommandLine.after(words, 2));
          case "whoami" -> new AccountCommands(api, variables).whoami(CommandLine.after(words, 2));
          case "rollback" -> rollback(CommandLine.after(words, 2));
          default -> throw new NotUnderstood("the command " + String.join(" ", command));
        }
      }
    }
  }

  /** What {@code echo} says into a file; no other command may stand there. */
  private void write(List<String> words) throws NotUnderstood, IOException {
    int sign = words.indexOf(">");
    if (!words.get(0).equals("echo") || sign != words.size() - 2) {
      throw new NotUnderstood("'>' after something else than echo");
    }
    Files.writeString(
        line.resolve(words.get(sign + 1)), String.join(" ", words.subList(1, sign)) + "\n");
  }

  private void deploy(List<String> words) throws NotUnderstood, IOException {
    Arguments arguments = CommandLine.uploading(words, "dispatch-namespace", "old-asset-ttl");
    line.refuseToKeepOldFiles(arguments);
    WorkerProject project = line.built(arguments, words);
    if (arguments.flag("dry-run").orElse(false)) {
      List<String> unused = project.check();
      return;
    }
    DeployNote note = new DeployNote(arguments.text("tag"), arguments.text("message"));
    try (Workers workers = line.workers(project)) {
      DeployedWorker unused = WorkerCommands.deploy(workers, project, arguments, note);
    }
  }

  private void dispatch(String verb, List<String> words) throws NotUnderstood {
    Arguments arguments =
        Arguments.of(
            words,
            new Arguments.Known(
                CommandLine.ALIASES, CommandLine.PROJECT, Set.of(), Set.of("json")));
    try (Workers workers = line.workers(line.project(arguments))) {
      AccountCommands.dispatch(workers.dispatchNamespaces(), verb, arguments.rest());
    }
  }

  private void triggers(List<String> words) throws NotUnderstood {
    Arguments arguments =
        Arguments.of(
            words,
            new Arguments.Known(
                CommandLine.ALIASES,
                CommandLine.PROJECT,
                Set.of("routes", "triggers"),
                Set.of("dry-run")));
    WorkerProject project = CommandLine.asWrangler(line.project(arguments));
    if (!arguments.all("routes").isEmpty()) {
      project = project.routes(arguments.all("routes"));
    }
    if (!arguments.all("triggers").isEmpty()) {
      project = project.crons(arguments.all("triggers"));
    }
    if (arguments.flag("dry-run").orElse(false)) {
      return;
    }
    try (Workers workers = line.workers(project)) {
      Wrangler.with(workers).deployTriggers(project, CommandLine.call());
    }
  }

  private void rollback(List<String> words) throws NotUnderstood {
    Arguments arguments =
        Arguments.of(
            words,
            new Arguments.Known(
                CommandLine.ALIASES,
                Arguments.and(CommandLine.PROJECT, "message", CommandLine.CODE_UPDATE),
                Set.of(),
                Set.of("yes")));
    WorkerProject project = CommandLine.updating(line.own(arguments), arguments);
    RollbackCommand command = RollbackCommand.of(project.worker());
    for (String version : arguments.rest()) {
      command = command.to(version);
    }
    if (arguments.text("message").isPresent()) {
      command = command.because(arguments.text("message").get());
    }
    if (arguments.flag("yes").orElse(false)) {
      command = command.evenWithChangedSecrets();
    }
    try (Workers workers = line.workers(project)) {
      Wrangler.with(workers).rollback(project, command, CommandLine.call());
    }
  }

  private void deployments(List<String> words) throws NotUnderstood {
    WorkerProject project =
        line.own(
            Arguments.of(
                words,
                new Arguments.Known(
                    CommandLine.ALIASES, CommandLine.PROJECT, Set.of(), Set.of("json"))));
    try (Workers workers = line.workers(project)) {
      Wrangler.with(workers).deployments(project.worker(), CommandLine.call());
    }
  }
}
