package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;

/** The wrangler file of a project, read once. Immutable; safe for use by several threads. */
public final class WranglerFile {

  static final List<String> NAMES = List.of("wrangler.json", "wrangler.jsonc", "wrangler.toml");

  private final Path folder;
  private final Document document;
  private final Optional<Redirect> redirect;

  private WranglerFile(Path folder, Document document, Optional<Redirect> redirect) {
    this.folder = folder;
    this.document = document;
    this.redirect = redirect;
  }

  /**
   * Reads the file that a build tool made for the folder, if {@code .wrangler/deploy/config.json}
   * names one; otherwise {@code wrangler.json}, {@code .jsonc} or {@code .toml}, the first that is
   * there, as wrangler does.
   *
   * @throws ConfigurationException if there is none or it is not well-formed
   */
  public static WranglerFile in(Path folder) {
    return Redirect.in(folder)
        .map(WranglerFile::made)
        .or(() -> ownIn(folder).map(WranglerFile::at))
        .orElseThrow(
            () ->
                new ConfigurationException(
                    folder.toString(), "holds no wrangler file; expected one of " + NAMES));
  }

  /**
   * Reads the file of this name, whatever it is called.
   *
   * @throws ConfigurationException if it is not there or not well-formed
   */
  public static WranglerFile at(Path file) {
    Document document = Document.read(file.toAbsolutePath().normalize());
    return new WranglerFile(folderOf(document), document, Optional.empty());
  }

  private static WranglerFile made(Path file) {
    Document document = Document.read(file.toAbsolutePath().normalize());
    return new WranglerFile(folderOf(document), document, Optional.of(Redirect.of(document)));
  }

  private static Path folderOf(Document document) {
    Path folder = document.file().getParent();
    return folder == null ? document.file() : folder;
  }

  /** A project without a wrangler file, where the caller says everything. */
  public static WranglerFile none(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    return new WranglerFile(absolute, Document.empty(absolute), Optional.empty());
  }

  /** The file that the user wrote, even if a build tool made another one for the folder. */
  public static Optional<Path> ownIn(Path folder) {
    return NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }

  /** Whether the folder holds a wrangler file, or a build tool made one for it. */
  public static boolean isIn(Path folder) {
    return Redirect.isIn(folder) || ownIn(folder).isPresent();
  }

  /**
   * Whether the file declares this environment. One that a build tool made is for the environment
   * that it names, and if it names none for any.
   */
  public boolean declares(String environment) {
    return redirect
        .map(made -> made.environment().map(environment::equals).orElse(true))
        .orElseGet(() -> isDeclared(environment));
  }

  /** Whether a build tool made the file, for one environment that it names. */
  public boolean isMadeForOne() {
    return redirect.flatMap(Redirect::environment).isPresent();
  }

  private boolean isDeclared(String environment) {
    return document.root().path("env").path(environment).isObject();
  }

  /**
   * What the file says about an environment.
   *
   * @param environment empty for the top level
   * @throws ConfigurationException with all faults at once
   */
  public WranglerProject project(Optional<String> environment) {
    return project(environment, Overrides.none());
  }

  /**
   * What the file says about an environment, where the caller says nothing else.
   *
   * @param environment empty for the top level
   * @throws ConfigurationException with all faults at once
   */
  public WranglerProject project(Optional<String> environment, Overrides overrides) {
    return reader(environment, overrides).read();
  }

  /**
   * What the Worker of an environment is called. Needs no build.
   *
   * @param environment empty for the top level
   * @throws ConfigurationException if it has no usable name or there is no such environment
   */
  public String worker(Optional<String> environment) {
    return worker(environment, Overrides.none());
  }

  /** What the Worker of an environment is called, where the caller says nothing else. */
  public String worker(Optional<String> environment, Overrides overrides) {
    return reader(environment, overrides).readName();
  }

  /** The account of an environment, where the caller says nothing else; empty if none is named. */
  public Optional<String> account(Optional<String> environment, Overrides overrides) {
    return reader(environment, overrides).readAccount();
  }

  /** How running Durable Objects get new code; empty if the file does not say it. */
  public Optional<ObjectNode> codeUpdate(Optional<String> environment) {
    return reader(environment, Overrides.none()).readCodeUpdate();
  }

  /** Those of an environment's observability, logpush and tail consumers that are named. */
  public ObjectNode logSettings(Optional<String> environment, Overrides overrides) {
    return reader(environment, overrides).readLogSettings();
  }

  /**
   * How requests, clocks, queues and workflows reach the Worker of an environment, without modules
   * and metadata. Needs no build.
   *
   * @throws ConfigurationException with all faults at once
   */
  public WranglerProject triggers(Optional<String> environment, Overrides overrides) {
    return reader(environment, overrides).readTriggers();
  }

  /**
   * {@link #triggers} with the static assets too, which {@code wrangler triggers deploy} looks for.
   * They need not be there.
   *
   * @throws ConfigurationException with all faults at once
   */
  public WranglerProject triggersAndAssets(Optional<String> environment, Overrides overrides) {
    return reader(environment, overrides).readTriggersAndAssets();
  }

  /**
   * What a bundler has to know of an environment. Needs no build.
   *
   * @throws ConfigurationException with all faults of what it reads
   */
  public Bundling bundling(Optional<String> environment, Overrides overrides) {
    return reader(environment, overrides).readBundling();
  }

  /** The routes of an environment as they are sent, or empty if it has none. Needs no build. */
  public Optional<ArrayNode> routes(Optional<String> environment) {
    return reader(environment, Overrides.none()).readRoutes();
  }

  private ProjectReader reader(Optional<String> environment, Overrides overrides) {
    if (redirect.isEmpty()) {
      return new ProjectReader(folder, document, environment, overrides);
    }
    Optional<String> made = redirect.get().environment();
    if (made.isPresent() && environment.isPresent() && !made.equals(environment)) {
      throw new ConfigurationException(
          document.file().getFileName().toString(),
          "was made for the environment "
              + made.get()
              + ", and not for "
              + environment.get()
              + "; build for "
              + environment.get()
              + " first");
    }
    return new ProjectReader(folder, document, redirect.get(), overrides);
  }
}
