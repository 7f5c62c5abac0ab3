package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.cloudflare.DeployNote;
import nl.praatmetjeboekhouding.dirk.cloudflare.RollbackCommand;
import nl.praatmetjeboekhouding.dirk.cloudflare.WorkerProject;
import nl.praatmetjeboekhouding.dirk.cloudflare.Workers;
import nl.praatmetjeboekhouding.dirk.cloudflare.Wrangler;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** Does through Dirk what a wrangler command line asks for. */
final class Commands {

  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("c", "config"),
          Map.entry("e", "env"),
          Map.entry("m", "message"),
          Map.entry("y", "yes"),
          Map.entry("compatibility-flag", "compatibility-flags"),
          Map.entry("route", "routes"),
          Map.entry("schedule", "triggers"),
          Map.entry("schedules", "triggers"));
  private static final Set<String> PROJECT = Set.of("config", "env", "name");
  private static final Set<String> VARIABLES =
      Set.of(
          "CLOUDFLARE_API_TOKEN",
          "CLOUDFLARE_ACCOUNT_ID",
          "CLOUDFLARE_ENV",
          "WRANGLER_CI_OVERRIDE_NAME",
          "WRANGLER_SEND_METRICS");

  private final Path folder;
  private final Map<String, String> variables;
  private final URI api;
  private final Bundler bundler;

  Commands(Path folder, Map<String, String> variables, URI api, Bundler bundler) {
    this.folder = folder;
    this.variables = variables;
    this.api = api;
    this.bundler = bundler;
  }

  /**
   * Does one command.
   *
   * @param input what comes through a pipe; may be empty text
   */
  void run(List<String> words, String input) throws NotUnderstood, IOException {
    for (String name : variables.keySet()) {
      if (!VARIABLES.contains(name)) {
        throw new NotUnderstood("the variable " + name);
      }
    }
    if (words.isEmpty() || !words.get(0).equals("wrangler")) {
      throw new NotUnderstood("no command of wrangler");
    }
    List<String> command = words.stream().skip(1).takeWhile(word -> !word.startsWith("-")).toList();
    switch (String.join(" ", command.subList(0, Math.min(2, command.size())))) {
      case "deployments list", "deployments status" -> deployments(after(words, 3));
      case "secret put", "secret bulk", "secret list", "secret delete" ->
          secret(words.get(2), after(words, 3), input);
      default -> {
        switch (command.isEmpty() ? "" : command.get(0)) {
          case "deploy" -> deploy(after(words, 2));
          case "rollback" -> rollback(after(words, 2));
          default -> throw new NotUnderstood("the command " + String.join(" ", command));
        }
      }
    }
  }

  private void deploy(List<String> words) throws NotUnderstood, IOException {
    Arguments arguments =
        Arguments.of(
            words,
            new Arguments.Known(
                ALIASES,
                Arguments.and(PROJECT, "message", "tag", "compatibility-date"),
                Set.of("compatibility-flags", "routes", "triggers", "var", "define", "alias"),
                Set.of(
                    "keep-vars",
                    "latest",
                    "logpush",
                    "no-bundle",
                    "minify",
                    "no-experimental-provision")));
    WorkerProject project = project(arguments);
    if (arguments.rest().size() > 1) {
      throw new NotUnderstood("more than one script");
    }
    for (String script : arguments.rest()) {
      project = project.main(script);
    }
    if (arguments.flag("keep-vars").orElse(false)) {
      project = project.keepingVars();
    }
    if (arguments.flag("no-bundle").orElse(false)) {
      project = project.unbundled();
    }
    if (arguments.flag("logpush").isPresent()) {
      project = project.logpush(arguments.flag("logpush").get());
    }
    if (arguments.flag("latest").orElse(false)) {
      project = project.compatibilityDate(LocalDate.now(ZoneOffset.UTC).toString());
    }
    if (arguments.text("compatibility-date").isPresent()) {
      project = project.compatibilityDate(arguments.text("compatibility-date").get());
    }
    if (!arguments.all("compatibility-flags").isEmpty()) {
      project = project.compatibilityFlags(arguments.all("compatibility-flags"));
    }
    if (!arguments.all("routes").isEmpty()) {
      project = project.routes(arguments.all("routes"));
    }
    if (!arguments.all("triggers").isEmpty()) {
      project = project.crons(arguments.all("triggers"));
    }
    for (String variable : arguments.all("var")) {
      String[] parts = variable.split(":", 2);
      project = project.var(parts[0], parts.length > 1 ? parts[1] : "");
    }
    Optional<Path> built =
        bundler.bundle(folder, file(arguments), script(arguments), words, variables);
    if (built.isPresent()) {
      project = project.modules(built.get());
    }
    DeployNote note = new DeployNote(arguments.text("tag"), arguments.text("message"));
    try (Workers workers = workers(project)) {
      Wrangler.with(workers).deploy(project, note, call());
    }
  }

  private static Optional<String> script(Arguments arguments) {
    return arguments.rest().stream().findFirst();
  }

  /** The wrangler file that the command reads; it need not be there. */
  private Path file(Arguments arguments) {
    return Stream.concat(
            arguments.text("config").stream(),
            Stream.of("wrangler.json", "wrangler.jsonc", "wrangler.toml"))
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(folder.resolve("wrangler.jsonc"));
  }

  private void rollback(List<String> words) throws NotUnderstood {
    Arguments arguments =
        Arguments.of(
            words,
            new Arguments.Known(
                ALIASES, Arguments.and(PROJECT, "message"), Set.of(), Set.of("yes")));
    WorkerProject project = project(arguments);
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
    try (Workers workers = workers(project)) {
      Wrangler.with(workers).rollback(command, call());
    }
  }

  private void deployments(List<String> words) throws NotUnderstood {
    WorkerProject project =
        project(
            Arguments.of(words, new Arguments.Known(ALIASES, PROJECT, Set.of(), Set.of("json"))));
    try (Workers workers = workers(project)) {
      Wrangler.with(workers).deployments(project.worker(), call());
    }
  }

  private void secret(String verb, List<String> words, String input)
      throws NotUnderstood, IOException {
    Arguments arguments =
        Arguments.of(
            words,
            new Arguments.Known(ALIASES, Arguments.and(PROJECT, "format"), Set.of(), Set.of()));
    WorkerProject project = project(arguments);
    Optional<String> operand = arguments.rest().stream().findFirst();
    try (Workers workers = workers(project)) {
      SecretCommands secrets = new SecretCommands(workers.secrets(), project.worker(), call());
      switch (verb) {
        case "list" -> secrets.list();
        case "bulk" -> secrets.bulk(operand.map(folder::resolve), input);
        case "put" -> secrets.put(needed(operand), input);
        default -> secrets.remove(needed(operand));
      }
    }
  }

  private static String needed(Optional<String> operand) throws NotUnderstood {
    if (operand.isEmpty()) {
      throw new NotUnderstood("a command without its operand");
    }
    return operand.get();
  }

  private WorkerProject project(Arguments arguments) {
    WorkerProject project = WorkerProject.in(folder);
    if (arguments.text("config").isPresent()) {
      project = project.file(arguments.text("config").get());
    }
    Optional<String> environment =
        arguments.text("env").or(() -> Optional.ofNullable(variables.get("CLOUDFLARE_ENV")));
    if (environment.isPresent()) {
      project = project.environment(environment.get());
    }
    Optional<String> name =
        Optional.ofNullable(variables.get("WRANGLER_CI_OVERRIDE_NAME"))
            .or(() -> arguments.text("name"));
    return name.isPresent() ? project.named(name.get()) : project;
  }

  private Workers workers(WorkerProject project) throws NotUnderstood {
    String token = variables.get("CLOUDFLARE_API_TOKEN");
    if (token == null) {
      throw new NotUnderstood("an account without an API token");
    }
    Optional<String> account =
        project.account().or(() -> Optional.ofNullable(variables.get("CLOUDFLARE_ACCOUNT_ID")));
    if (account.isEmpty()) {
      throw new NotUnderstood("an account that is not named");
    }
    return Workers.open(
        api, Secret.of("CLOUDFLARE_API_TOKEN", () -> token), account.get(), TimeSource.system());
  }

  private static CallContext call() {
    return CallContext.of(Duration.ofSeconds(60));
  }

  private static List<String> after(List<String> words, int count) {
    return words.subList(count, words.size());
  }
}
