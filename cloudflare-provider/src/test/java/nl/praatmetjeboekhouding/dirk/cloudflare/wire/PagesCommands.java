package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.cloudflare.Bundler;
import nl.praatmetjeboekhouding.dirk.cloudflare.Pages;
import nl.praatmetjeboekhouding.dirk.cloudflare.PagesDeployment;
import nl.praatmetjeboekhouding.dirk.cloudflare.PagesSecrets;
import nl.praatmetjeboekhouding.dirk.cloudflare.PagesUpload;
import nl.praatmetjeboekhouding.dirk.cloudflare.SecretsFile;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.PagesFile;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** Does through Dirk what wrangler's commands about Pages ask for. */
final class PagesCommands {

  private static final Arguments.Known KNOWN =
      new Arguments.Known(
          Map.of(
              "y",
              "yes",
              "e",
              "env",
              "project",
              "project-name",
              "compatibility-flag",
              "compatibility-flags"),
          Set.of(
              "project-name",
              "branch",
              "commit-hash",
              "commit-message",
              "production-branch",
              "compatibility-date",
              "environment",
              "env"),
          Set.of("compatibility-flags"),
          Set.of("commit-dirty", "yes", "json", "skip-caching"));

  private final Path folder;
  private final Map<String, String> variables;
  private final URI api;
  private final Build build;

  PagesCommands(Path folder, Map<String, String> variables, URI api, Build build) {
    this.folder = folder;
    this.variables = variables;
    this.api = api;
    this.build = build;
  }

  /**
   * Does one command.
   *
   * @param words those after {@code wrangler pages}
   * @param input what comes through a pipe; may be empty text
   */
  void run(List<String> words, String input) throws NotUnderstood {
    Arguments arguments = Arguments.of(words, KNOWN);
    List<String> rest = arguments.rest();
    String verb = String.join(" ", rest.subList(0, Math.min(2, rest.size())));
    try (Pages pages = new AccountCommands(api, variables).pages()) {
      if (verb.startsWith("deploy ") || verb.equals("deploy")) {
        deploy(pages, arguments, rest);
        return;
      }
      switch (verb) {
        case "project create" -> create(pages, arguments, needed(rest, 2));
        case "project list" -> pages.projects(CommandLine.call());
        case "project delete" -> pages.deleteProject(needed(rest, 2), CommandLine.call());
        case "deployment list" -> pages.deployments(named(arguments), CommandLine.call());
        case "secret put", "secret delete", "secret bulk", "secret list" ->
            secret(pages.secrets(), arguments, input);
        default -> throw new NotUnderstood("the command pages " + verb);
      }
    }
  }

  private void deploy(Pages pages, Arguments arguments, List<String> rest) throws NotUnderstood {
    Optional<PagesFile> file = PagesFile.in(folder);
    if (rest.size() == 1 && file.isEmpty()) {
      throw new ConfigurationException("pages deploy", "names no folder, and no file does");
    }
    String project =
        arguments.text("project-name").or(() -> file.map(PagesFile::project)).orElse("");
    if (project.isEmpty()) {
      throw new ConfigurationException("pages deploy", "names no project, and no file does");
    }
    String built = rest.size() == 1 ? file.orElseThrow().output() : rest.get(1);
    PagesUpload upload = PagesUpload.of(project, folder.resolve(built));
    if (arguments.flag("skip-caching").orElse(false)) {
      upload = upload.sendingAll();
    }
    if (file.isPresent()) {
      upload = upload.file(folder);
    }
    Optional<String> branch = arguments.text("branch");
    if (branch.isPresent()) {
      upload = upload.branch(branch.get());
    }
    if (arguments.text("commit-hash").isPresent()) {
      upload = upload.commitHash(arguments.text("commit-hash").get());
    }
    if (arguments.text("commit-message").isPresent()) {
      upload = upload.commitMessage(arguments.text("commit-message").get());
    }
    if (arguments.flag("commit-dirty").isPresent()) {
      upload = upload.commitDirty(arguments.flag("commit-dirty").get());
    }
    PagesDeployment deployed = pages.deploy(built(upload), CommandLine.call());
    JsonNode unused = pages.awaitLive(project, deployed.id(), CommandLine.call());
  }

  /** With its code, if it has any. */
  private PagesUpload built(PagesUpload upload) throws NotUnderstood {
    try {
      if (Files.exists(folder.resolve("functions"))
          || Files.exists(upload.folder().resolve("_worker.js"))) {
        build.installIn(folder);
      }
      return Bundler.by(TimeSource.system())
          .bundle(upload, Files.createTempDirectory("pages"), line -> {}, Cancellation.create())
          .upload();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A project that is not named is that of the wrangler file. */
  private void secret(PagesSecrets secrets, Arguments arguments, String input)
      throws NotUnderstood {
    List<String> rest = arguments.rest();
    PagesSecrets.Environment environment = environment(arguments);
    Optional<String> told = arguments.text("project-name");
    String project =
        told.isPresent()
            ? told.get()
            : PagesFile.ownIn(folder)
                .map(PagesFile::project)
                .orElseThrow(() -> new NotUnderstood("a Pages project that is not named"));
    switch (rest.get(1)) {
      case "list" -> secrets.names(project, environment, CommandLine.call());
      case "delete" -> secrets.remove(project, environment, needed(rest, 2), CommandLine.call());
      case "put" -> {
        String value = input.stripTrailing();
        Secret secret = Secret.of(needed(rest, 2), () -> value);
        secrets.put(project, environment, needed(rest, 2), secret, CommandLine.call());
      }
      default -> {
        Map<String, Optional<Secret>> changes =
            new LinkedHashMap<>(
                rest.size() > 2
                    ? SecretsFile.changes(folder.resolve(rest.get(2)))
                    : SecretsFile.changesIn(input, "what was piped in"));
        changes.values().removeIf(Optional::isEmpty); // here wrangler passes over what is null
        secrets.change(project, environment, changes, CommandLine.call());
      }
    }
  }

  private static PagesSecrets.Environment environment(Arguments arguments) {
    String name = arguments.text("env").orElse("production");
    return switch (name) {
      case "production" -> PagesSecrets.Environment.PRODUCTION;
      case "preview" -> PagesSecrets.Environment.PREVIEW;
      default -> throw new ConfigurationException("--env", "Pages has no environment " + name);
    };
  }

  private static void create(Pages pages, Arguments arguments, String name) {
    ObjectNode project = JsonNodeFactory.instance.objectNode();
    project.put("name", name);
    project.put("production_branch", arguments.text("production-branch").orElse("production"));
    ObjectNode configs = project.putObject("deployment_configs");
    for (String environment : List.of("production", "preview")) {
      ObjectNode config = configs.putObject(environment);
      arguments
          .text("compatibility-date")
          .ifPresent(date -> config.put("compatibility_date", date));
      List<String> flags = arguments.all("compatibility-flags");
      if (!flags.isEmpty()) {
        flags.forEach(config.putArray("compatibility_flags")::add);
      }
    }
    pages.createProject(project, CommandLine.call());
  }

  private String named(Arguments arguments) throws NotUnderstood {
    Optional<String> name = arguments.text("project-name");
    return name.or(() -> PagesFile.ownIn(folder).map(PagesFile::project))
        .orElseThrow(() -> new NotUnderstood("a Pages project that is not named"));
  }

  private static String needed(List<String> rest, int at) throws NotUnderstood {
    if (rest.size() <= at) {
      throw new NotUnderstood("a command without its operand");
    }
    return rest.get(at);
  }
}
