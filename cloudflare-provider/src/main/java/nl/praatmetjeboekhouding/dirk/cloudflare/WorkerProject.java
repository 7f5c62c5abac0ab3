package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.WorkerAssets;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Bundling;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Consent;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Overrides;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Site;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerFile;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/**
 * A wrangler project in one of its environments, and what is said besides its file, as options on
 * wrangler's command line are. Never changes: each method gives a project of its own. The files are
 * read anew each time they are needed.
 */
public final class WorkerProject {

  private final Path folder;
  private final Optional<Path> file;
  private final Optional<String> environment;
  private final Overrides overrides;
  private final Guards guards;
  private final GivenSecrets secrets;

  private WorkerProject(
      Path folder,
      Optional<Path> file,
      Optional<String> environment,
      Overrides overrides,
      Guards guards,
      GivenSecrets secrets) {
    this.folder = folder;
    this.file = file;
    this.environment = environment;
    this.overrides = overrides;
    this.guards = guards;
    this.secrets = secrets;
  }

  /** The top level of the project in a folder. */
  public static WorkerProject in(Path folder) {
    return new WorkerProject(
        folder.toAbsolutePath().normalize(),
        Optional.empty(),
        Optional.empty(),
        Overrides.none(),
        Guards.none(),
        GivenSecrets.none());
  }

  /** This one, by the wrangler file of this name; paths in it are relative to it. */
  public WorkerProject file(String name) {
    Path named = folder.resolve(name);
    return new WorkerProject(folder, Optional.of(named), environment, overrides, guards, secrets);
  }

  /** This one, in an environment of the file; an empty text is the top level. */
  public WorkerProject environment(String name) {
    Optional<String> chosen = Optional.of(name).filter(text -> !text.isEmpty());
    return new WorkerProject(folder, file, chosen, overrides, guards, secrets);
  }

  /** This one, whose Worker is called so, whatever the file and the environment say. */
  public WorkerProject named(String worker) {
    return with(overrides.with("name", TextNode.valueOf(worker)));
  }

  /** This one, with another main module. */
  public WorkerProject main(String script) {
    return with(overrides.with("main", TextNode.valueOf(script)));
  }

  /**
   * This one, whose modules the build wrote into a folder, as {@code wrangler deploy --dry-run
   * --outdir} and {@link Bundler} do; the main one is called like {@code main}, with the ending
   * {@code .js}.
   */
  public WorkerProject modules(Path built) {
    return with(overrides.withModules(requireNonNull(built, "built")));
  }

  /** This one, with the files of a folder as its Workers Site, relative to the project's. */
  public WorkerProject site(String directory) {
    Path site = folder.resolve(directory).normalize();
    return with(overrides.with(Site.BUCKET, TextNode.valueOf(site.toString())));
  }

  /** This one, of whose Workers Site only this goes up, as rules of {@code .gitignore}. */
  public WorkerProject siteWithOnly(List<String> rules) {
    return with(overrides.with(Site.INCLUDE, texts(rules)));
  }

  /** This one, of whose Workers Site this stays out, as rules of {@code .gitignore}. */
  public WorkerProject siteWithout(List<String> rules) {
    return with(overrides.with(Site.EXCLUDE, texts(rules)));
  }

  /** This one, with the static assets of a folder, relative to the project's. */
  public WorkerProject assets(String directory) {
    return with(overrides.withAssets(folder.resolve(directory).normalize()));
  }

  /** This one, whose modules are uploaded as they lie, without having been bundled. */
  public WorkerProject unbundled() {
    return with(overrides.with("no_bundle", BooleanNode.TRUE));
  }

  /** This one, with a text bound to a name besides the file's vars. */
  public WorkerProject var(String name, String text) {
    return with(overrides.withVar(name, requireNonNull(text, "text")));
  }

  /**
   * This one, with a secret that its upload brings along; secrets that are not named stay. Its
   * value is looked up when it is sent, and stands nowhere else.
   */
  public WorkerProject secret(String name, Secret value) {
    return with(secrets.and(Map.of(name, requireNonNull(value, "value"))));
  }

  /** {@link #secretsFile(String, Map)} without variables. */
  public WorkerProject secretsFile(String file) {
    return secretsFile(file, Map.of());
  }

  /**
   * This one, with the secrets of a file, as {@code --secrets-file} has it: an object of JSON with
   * texts, or lines as in {@code .env}. In lines, {@code $NAME} and {@code ${NAME:-other}} stand
   * for a variable or for an earlier line, and a variable takes the place of a secret of its name.
   * The file is read now.
   *
   * @param file relative to the project's folder
   * @param variables such as {@link System#getenv()}, where wrangler looks unasked
   * @throws ConfigurationException if it cannot be read, or holds something else or nothing
   */
  public WorkerProject secretsFile(String file, Map<String, String> variables) {
    return with(secrets.and(SecretsFile.read(folder.resolve(file), variables)));
  }

  /** This one, which leaves vars alone that were set elsewhere. */
  public WorkerProject keepingVars() {
    return with(overrides.with("keep_vars", BooleanNode.TRUE));
  }

  /**
   * This one, with another compatibility date.
   *
   * @param date as {@code YYYY-MM-DD}
   */
  public WorkerProject compatibilityDate(String date) {
    return with(overrides.with("compatibility_date", TextNode.valueOf(date)));
  }

  /** This one, with these compatibility flags instead of the file's. */
  public WorkerProject compatibilityFlags(List<String> flags) {
    return with(overrides.with("compatibility_flags", texts(flags)));
  }

  /** This one, with these route patterns instead of the file's routes. */
  public WorkerProject routes(List<String> patterns) {
    return with(overrides.with("routes", texts(patterns)));
  }

  /** This one, with these crons instead of the file's. */
  public WorkerProject crons(List<String> crons) {
    return with(
        overrides.with(
            "triggers", JsonNodeFactory.instance.objectNode().set("crons", texts(crons))));
  }

  /** This one, with custom domains besides the file's routes. */
  public WorkerProject domains(List<String> hosts) {
    return with(overrides.withDomains(hosts));
  }

  /**
   * This one, for which key-value namespaces, databases, buckets and queues are made that its
   * bindings name or leave open and that are not there, as wrangler does unasked.
   */
  public WorkerProject makingResources() {
    return with(overrides.with(Consent.NEW_RESOURCES));
  }

  /**
   * This one, whose custom domains are taken from other Workers and from DNS records in their
   * place, as wrangler does unasked where nobody sits at it. What they led to is gone then.
   */
  public WorkerProject takingDomains() {
    return with(overrides.with(Consent.TAKEN_DOMAINS));
  }

  /**
   * This one, whose workflows are taken from other Workers, as wrangler does unasked where nobody
   * sits at it.
   */
  public WorkerProject takingWorkflows() {
    return with(overrides.with(Consent.TAKEN_WORKFLOWS));
  }

  /**
   * This one, which is not deployed over what others did: a Worker that was last changed in the
   * dashboard in a way that the project does not say too, or last uploaded through the API by
   * something else than Dirk, and secrets whose place a variable or binding would take. That is a
   * conflict, and nothing is sent; so is not finding out. Without this it is a warning.
   */
  public WorkerProject strictly() {
    return with(guards.strictly());
  }

  /**
   * This one, which is deployed only to the Worker with this tag, whatever else has its name.
   *
   * @param workerTag what Cloudflare gave the Worker when it was made, 32 hexadecimal digits
   */
  public WorkerProject onlyTo(String workerTag) {
    return with(guards.onlyTo(requireNonNull(workerTag, "workerTag")));
  }

  /**
   * This one, as Cloudflare's builds ask for it in variables of the environment: {@code
   * WRANGLER_CI_OVERRIDE_NAME} is what the Worker is called, {@code WRANGLER_CI_MATCH_TAG} which
   * Worker it must be, and then {@code CLOUDFLARE_ACCOUNT_ID} in which account. Other variables are
   * not looked at.
   *
   * @param variables such as {@link System#getenv()}
   * @throws ConfigurationException if the tag is there without the account
   */
  public WorkerProject inBuild(Map<String, String> variables) {
    WorkerProject project = this;
    String name = variables.getOrDefault("WRANGLER_CI_OVERRIDE_NAME", "");
    if (!name.isEmpty()) {
      project = project.named(name);
    }
    String tag = variables.getOrDefault("WRANGLER_CI_MATCH_TAG", "");
    if (!tag.isEmpty()) {
      String account = variables.getOrDefault("CLOUDFLARE_ACCOUNT_ID", "");
      if (account.isEmpty()) {
        throw new ConfigurationException(
            "CLOUDFLARE_ACCOUNT_ID",
            "is not set, and WRANGLER_CI_MATCH_TAG asks for one Worker of one account; set it");
      }
      project = project.with(project.guards.onlyTo(tag).onlyIn(account));
    }
    return project;
  }

  /** This one, with Logpush on or off, whatever the file says. */
  public WorkerProject logpush(boolean on) {
    return with(overrides.with("logpush", BooleanNode.valueOf(on)));
  }

  /** This one, whose source maps are uploaded or not, whatever the file says. */
  public WorkerProject sourceMaps(boolean uploaded) {
    return with(overrides.with("upload_source_maps", BooleanNode.valueOf(uploaded)));
  }

  /** This one, whose running Durable Objects get the new code at once. */
  public WorkerProject updatingDurableObjectsAtOnce() {
    return with(overrides.withCodeUpdate(update("immediate")));
  }

  /**
   * This one, whose running Durable Objects get the new code when they are idle, and after this
   * time in any case; five minutes if not said.
   */
  public WorkerProject updatingDurableObjectsWithin(Duration longest) {
    return with(overrides.withCodeUpdate(update("deferred").put("max_delay", longest.toSeconds())));
  }

  private static ObjectNode update(String mode) {
    return JsonNodeFactory.instance.objectNode().put("mode", mode);
  }

  /**
   * What the Worker is called. Needs no build, and no wrangler file if it is {@link #named}.
   *
   * @throws ConfigurationException if that is not to be known
   */
  public String worker() {
    return isBare() && overrides.keys().containsKey("name")
        ? WranglerFile.none(folder).worker(Optional.empty(), overrides)
        : open().worker(environment, overrides);
  }

  /**
   * The account that the file names, or empty. Needs no build.
   *
   * @throws ConfigurationException if that is not to be known
   */
  public Optional<String> account() {
    return open().account(environment, overrides);
  }

  /**
   * Reads the project with its modules and sends nothing, as {@code wrangler deploy --dry-run}.
   *
   * @return what somebody should look at, a sentence each
   * @throws ConfigurationException with all faults of the wrangler file at once
   */
  public List<String> check() {
    WranglerProject project = read();
    ProjectAssets unused = ProjectAssets.of(project);
    return project.warnings();
  }

  /** Those of observability, logpush and tail consumers that are named. Needs no build. */
  ObjectNode logSettings() {
    return open().logSettings(environment, overrides);
  }

  /** How running Durable Objects get new code. Needs no build. */
  ObjectNode codeUpdate() {
    return overrides.codeUpdate(() -> isBare() ? Optional.empty() : open().codeUpdate(environment));
  }

  /** How requests, clocks, queues and workflows reach it. Its folder of assets must be there. */
  WranglerProject triggers() {
    WranglerProject project = open().triggersAndAssets(environment, overrides);
    project.assets().ifPresent(assets -> WorkerAssets.requireFolder(assets.folder()));
    return project;
  }

  /** What a bundler has to know of it. Needs no build. */
  Bundling bundling() {
    return open().bundling(environment, overrides);
  }

  /** Where its own tools are looked for. */
  Path folder() {
    return folder;
  }

  Optional<String> chosenEnvironment() {
    return environment;
  }

  Overrides overrides() {
    return overrides;
  }

  GivenSecrets secrets() {
    return secrets;
  }

  Guards guards() {
    return guards;
  }

  WranglerProject read() {
    return open().project(environment, overrides);
  }

  /** Whether there is no wrangler file. */
  private boolean isBare() {
    return file.isEmpty() && !WranglerFile.isIn(folder);
  }

  private WranglerFile open() {
    if (file.isPresent()) {
      return WranglerFile.at(file.get());
    }
    boolean isSomething = overrides.keys().containsKey("main") || overrides.assets().isPresent();
    boolean told = isSomething && overrides.keys().containsKey("name");
    return told && !WranglerFile.isIn(folder) ? WranglerFile.none(folder) : WranglerFile.in(folder);
  }

  private WorkerProject with(Overrides changed) {
    return new WorkerProject(folder, file, environment, changed, guards, secrets);
  }

  private WorkerProject with(Guards changed) {
    return new WorkerProject(folder, file, environment, overrides, changed, secrets);
  }

  private WorkerProject with(GivenSecrets changed) {
    return new WorkerProject(folder, file, environment, overrides, guards, changed);
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    texts.forEach(list::add);
    return list;
  }
}
