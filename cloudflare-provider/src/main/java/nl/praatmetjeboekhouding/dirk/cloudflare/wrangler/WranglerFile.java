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

  private WranglerFile(Path folder, Document document) {
    this.folder = folder;
    this.document = document;
  }

  /**
   * Reads {@code wrangler.json}, {@code .jsonc} or {@code .toml}, the first that is there, as
   * wrangler does.
   *
   * @throws ConfigurationException if there is none or it is not well-formed
   */
  public static WranglerFile in(Path folder) {
    return NAMES.stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .map(WranglerFile::at)
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
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent() == null ? absolute : absolute.getParent();
    return new WranglerFile(folder, Document.read(absolute));
  }

  /** A project without a wrangler file, where the caller says everything. */
  public static WranglerFile none(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    return new WranglerFile(absolute, Document.empty(absolute));
  }

  /** Whether the folder holds a wrangler file. */
  public static boolean isIn(Path folder) {
    return NAMES.stream().map(folder::resolve).anyMatch(Files::isRegularFile);
  }

  /** Whether the file declares this environment. */
  public boolean declares(String environment) {
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
    return new ProjectReader(folder, document, environment, overrides).read();
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
    return new ProjectReader(folder, document, environment, overrides).readName();
  }

  /** The account of an environment, where the caller says nothing else; empty if none is named. */
  public Optional<String> account(Optional<String> environment, Overrides overrides) {
    return new ProjectReader(folder, document, environment, overrides).readAccount();
  }

  /** Those of an environment's observability, logpush and tail consumers that are named. */
  public ObjectNode logSettings(Optional<String> environment, Overrides overrides) {
    return new ProjectReader(folder, document, environment, overrides).readLogSettings();
  }

  /**
   * How requests, clocks, queues and workflows reach the Worker of an environment, without modules
   * and metadata. Needs no build.
   *
   * @throws ConfigurationException with all faults at once
   */
  public WranglerProject triggers(Optional<String> environment, Overrides overrides) {
    return new ProjectReader(folder, document, environment, overrides).readTriggers();
  }

  /**
   * What a bundler has to know of an environment. Needs no build.
   *
   * @throws ConfigurationException with all faults of what it reads
   */
  public Bundling bundling(Optional<String> environment, Overrides overrides) {
    return new ProjectReader(folder, document, environment, overrides).readBundling();
  }

  /** The routes of an environment as they are sent, or empty if it has none. Needs no build. */
  public Optional<ArrayNode> routes(Optional<String> environment) {
    return new ProjectReader(folder, document, environment, Overrides.none()).readRoutes();
  }
}
