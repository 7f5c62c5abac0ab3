package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.cloudflare.WorkerProject;
import nl.praatmetjeboekhouding.dirk.cloudflare.Workers;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Overrides;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerFile;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** What a command line of wrangler says in Dirk's words: the project, its account, its build. */
final class CommandLine {

  static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("c", "config"),
          Map.entry("e", "env"),
          Map.entry("m", "message"),
          Map.entry("y", "yes"),
          Map.entry("compatibility-flag", "compatibility-flags"),
          Map.entry("domain", "domains"),
          Map.entry("route", "routes"),
          Map.entry("schedule", "triggers"),
          Map.entry("schedules", "triggers"));

  /** Options of every command about a project. */
  static final Set<String> PROJECT = Set.of("config", "env", "name");

  static final String CODE_UPDATE = "durable-objects-code-update-mode";
  private static final Set<String> ONLY_UPLOADS = Set.of("--preview-alias");

  private static final Pattern SITE = Pattern.compile("[\"'\\[]?\\bsite\\b[\"']?\\s*[:=\\]]");

  private final Path folder;
  private final Map<String, String> variables;
  private final AccountCommands accounts;
  private final Build build;

  CommandLine(Path folder, Map<String, String> variables, URI api, Build build) {
    this.folder = folder;
    this.variables = variables;
    accounts = new AccountCommands(api, variables);
    this.build = build;
  }

  /** Whether a preview address is named after the branch where the command line names none. */
  boolean isAliased() {
    return variables.getOrDefault("WRANGLER_CI_GENERATE_PREVIEW_ALIAS", "").equals("true");
  }

  /** The branch that is built, or an empty text. */
  String branch() {
    return variables.getOrDefault("WORKERS_CI_BRANCH", "");
  }

  /** Runs a program of the machine in the project's folder. */
  void runHere(List<String> words) throws IOException {
    Tool.Ended ended = Tool.run(folder, Map.of(), words.toArray(String[]::new));
    if (ended.exit() != 0) {
      throw new IllegalStateException(String.join(" ", words) + ": " + ended.output().strip());
    }
  }

  Path resolve(String file) {
    return folder.resolve(file);
  }

  /** The options of a command that uploads a project. */
  static Arguments uploading(List<String> words, String... texts) throws NotUnderstood {
    List<String> all = new ArrayList<>(List.of(texts));
    all.addAll(
        List.of(
            "message",
            "tag",
            "compatibility-date",
            "outdir",
            "outfile",
            "jsx-factory",
            "jsx-fragment",
            "tsconfig",
            "assets",
            "secrets-file",
            "site",
            CODE_UPDATE));
    return Arguments.of(
        words,
        new Arguments.Known(
            ALIASES,
            Arguments.and(PROJECT, all.toArray(String[]::new)),
            Set.of(
                "compatibility-flags",
                "routes",
                "domains",
                "triggers",
                "var",
                "define",
                "alias",
                "site-include",
                "site-exclude"),
            Set.of(
                "dry-run",
                "keep-vars",
                "latest",
                "logpush",
                "no-bundle",
                "minify",
                "upload-source-maps",
                "metafile",
                "strict",
                "experimental-provision",
                "x-provision",
                "experimental-auto-create",
                "x-auto-create")));
  }

  /** The project that is uploaded, built where that is needed. */
  WorkerProject built(Arguments arguments, List<String> words) throws NotUnderstood, IOException {
    if (arguments.rest().size() > 1) {
      throw new NotUnderstood("more than one script");
    }
    WorkerProject project = project(arguments);
    for (String script : arguments.rest()) {
      boolean isFolder = Files.isDirectory(resolve(script));
      project = isFolder ? project.assets(script) : project.main(script);
    }
    if (arguments.text("assets").isPresent()) {
      project = project.assets(arguments.text("assets").get());
    }
    project = site(project, arguments);
    if (arguments.flag("keep-vars").orElse(false)) {
      project = project.keepingVars();
    }
    if (arguments.flag("no-bundle").orElse(false)) {
      project = project.unbundled();
    }
    if (arguments.flag("logpush").isPresent()) {
      project = project.logpush(arguments.flag("logpush").get());
    }
    if (arguments.flag("upload-source-maps").isPresent()) {
      project = project.sourceMaps(arguments.flag("upload-source-maps").get());
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
    project =
        WorkerCommands.guarded(project.domains(arguments.all("domains")), arguments, variables);
    boolean making =
        arguments
            .flag("experimental-provision")
            .or(() -> arguments.flag("x-provision"))
            .orElse(true);
    if (making) {
      project = project.makingResources();
    }
    if (arguments.text("secrets-file").isPresent()) {
      project = project.secretsFile(arguments.text("secrets-file").get(), variables);
    }
    for (String variable : arguments.all("var")) {
      String[] parts = variable.split(":", 2);
      project = project.var(parts[0], parts.length > 1 ? parts[1] : "");
    }
    project = updating(project, arguments);
    return isBuildNeeded(arguments)
        ? project.modules(build.run(folder, forDeploy(words), variables))
        : project;
  }

  /** Only a Workers Site has old files that stay for as long as is said. */
  void refuseToKeepOldFiles(Arguments arguments) throws NotUnderstood, IOException {
    Optional<Path> named = arguments.text("config").map(folder::resolve);
    Path file = named.or(() -> WranglerFile.ownIn(folder)).orElse(folder.resolve("none"));
    String config = Files.isRegularFile(file) ? Files.readString(file) : "";
    boolean isSite = arguments.text("site").isPresent() || SITE.matcher(config).find();
    if (isSite && arguments.text("old-asset-ttl").filter(ttl -> !ttl.equals("0")).isPresent()) {
      throw new NotUnderstood("old files of a Workers Site that stay for a while");
    }
  }

  private static WorkerProject site(WorkerProject project, Arguments arguments) {
    WorkerProject changed = project;
    if (arguments.text("site").isPresent()) {
      changed = changed.site(arguments.text("site").get());
    }
    if (!arguments.all("site-include").isEmpty()) {
      changed = changed.siteWithOnly(arguments.all("site-include"));
    }
    return arguments.all("site-exclude").isEmpty()
        ? changed
        : changed.siteWithout(arguments.all("site-exclude"));
  }

  /** Takes over from others without asking, as wrangler where nobody sits at it. */
  static WorkerProject asWrangler(WorkerProject project) {
    return project.takingDomains().takingWorkflows();
  }

  /** The project, whose running Durable Objects get new code as the command says. */
  static WorkerProject updating(WorkerProject project, Arguments arguments) throws NotUnderstood {
    Optional<String> told = arguments.text(CODE_UPDATE);
    if (told.isEmpty()) {
      return project;
    }
    String mode = told.get();
    Matcher deferred = Pattern.compile("deferred(?: (\\d+)s)?").matcher(mode);
    if (mode.equals("immediate")) {
      return project.updatingDurableObjectsAtOnce();
    }
    if (!deferred.matches()) {
      throw new NotUnderstood("the update mode " + mode);
    }
    return deferred.group(1) == null
        ? project
        : project.updatingDurableObjectsWithin(
            Duration.ofSeconds(Long.parseLong(deferred.group(1))));
  }

  /** Without what {@code wrangler deploy} does not know. */
  private static List<String> forDeploy(List<String> words) {
    List<String> known = new ArrayList<>(words);
    for (int at = known.size() - 1; at >= 0; at--) {
      String word = known.get(at);
      if (ONLY_UPLOADS.contains(word)) {
        known.subList(at, Math.min(known.size(), at + 2)).clear();
      } else if (ONLY_UPLOADS.contains(word.replaceFirst("=.*", ""))) {
        known.remove(at);
      }
    }
    return known;
  }

  /** Whether the main script cannot be uploaded as it lies. */
  private boolean isBuildNeeded(Arguments arguments) {
    Overrides said = Overrides.none();
    for (String script : arguments.rest()) {
      boolean isFolder = Files.isDirectory(resolve(script));
      said = isFolder ? said : said.with("main", TextNode.valueOf(script));
    }
    if (arguments.flag("no-bundle").orElse(false)) {
      said = said.with("no_bundle", BooleanNode.TRUE);
    }
    Optional<Path> named = arguments.text("config").map(folder::resolve);
    Optional<String> environment = environment(arguments).filter(name -> !name.isEmpty());
    WranglerFile file =
        named.isEmpty() && !WranglerFile.isIn(folder)
            ? WranglerFile.none(folder)
            : named.map(WranglerFile::at).orElseGet(() -> WranglerFile.in(folder));
    return file.bundling(environment, said).isNeeded();
  }

  /**
   * The project by its user's own file: wrangler reads what a build tool made only where it
   * deploys.
   */
  WorkerProject own(Arguments arguments) {
    Optional<Path> file = WranglerFile.ownIn(folder);
    WorkerProject project = project(arguments);
    return arguments.text("config").isEmpty() && file.isPresent()
        ? project.file(String.valueOf(file.get().getFileName()))
        : project;
  }

  WorkerProject project(Arguments arguments) {
    WorkerProject project = WorkerProject.in(folder);
    if (arguments.text("config").isPresent()) {
      project = project.file(arguments.text("config").get());
    }
    Optional<String> environment = environment(arguments);
    if (environment.isPresent()) {
      project = project.environment(environment.get());
    }
    Optional<String> name = arguments.text("name");
    return name.isPresent() ? project.named(name.get()) : project;
  }

  private Optional<String> environment(Arguments arguments) {
    return arguments.text("env").or(() -> Optional.ofNullable(variables.get("CLOUDFLARE_ENV")));
  }

  /** Those of the project's account, or of the caller's where there is no project. */
  Workers workers(WorkerProject project) {
    Optional<String> account = isProject() ? project.account() : Optional.empty();
    return accounts.workers(account);
  }

  private boolean isProject() {
    return WranglerFile.isIn(folder);
  }

  static CallContext call() {
    return CallContext.of(Duration.ofSeconds(60));
  }

  static List<String> after(List<String> words, int count) {
    return words.subList(count, words.size());
  }
}
