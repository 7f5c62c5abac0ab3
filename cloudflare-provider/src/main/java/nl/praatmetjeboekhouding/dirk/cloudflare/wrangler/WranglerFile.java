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
  private final boolean redirected;

  private WranglerFile(Path folder, Document document, boolean redirected) {
    this.folder = folder;
    this.document = document;
    this.redirected = redirected;
  }

  /**
   * Reads what a build tool wrote to be deployed, if {@code .wrangler/deploy/config.json} names it,
   * and else {@code wrangler.json}, {@code .jsonc} or {@code .toml}, the first that is there, as
   * wrangler does.
   *
   * @throws ConfigurationException if there is none or it is not well-formed
   */
  public static WranglerFile in(Path folder) {
    Optional<Path> redirected = Redirect.of(folder);
    return redirected
        .or(() -> find(folder))
        .map(file -> at(file, redirected.isPresent()))
        .orElseThrow(
            () ->
                new ConfigurationException(
                    folder.toString(), "holds no wrangler file; expected one of " + NAMES));
  }

  /** The file that {@link #in} reads, or empty if there is none. */
  public static Optional<Path> find(Path folder) {
    return Redirect.of(folder)
        .or(() -> NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst());
  }

  /**
   * Reads the file of this name, whatever it is called.
   *
   * @throws ConfigurationException if it is not there or not well-formed
   */
  public static WranglerFile at(Path file) {
    return at(file, false);
  }

  private static WranglerFile at(Path file, boolean redirected) {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent() == null ? absolute : absolute.getParent();
    return new WranglerFile(folder, Document.read(absolute), redirected);
  }

  /** A project without a wrangler file, where the caller says everything. */
  public static WranglerFile none(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    return new WranglerFile(absolute, Document.empty(absolute), false);
  }

  /** Whether the folder holds a wrangler file. */
  public static boolean isIn(Path folder) {
    return find(folder).isPresent();
  }

  /** Whether the file declares this environment. */
  public boolean declares(String environment) {
    return redirected
        ? Redirect.environment(document).filter(environment::equals).isPresent()
        : document.root().path("env").path(environment).isObject();
  }

  /** What a build tool wrote is for one environment and says all of it. */
  private ProjectReader reader(Optional<String> environment, Overrides overrides) {
    return redirected
        ? ProjectReader.redirected(folder, Redirect.checked(document, environment), overrides)
        : new ProjectReader(folder, document, environment, overrides);
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
}
