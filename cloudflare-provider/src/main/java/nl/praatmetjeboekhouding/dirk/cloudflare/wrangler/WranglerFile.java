package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;

/** The wrangler file of a project, read once. Immutable; safe for use by several threads. */
public final class WranglerFile {

  private static final List<String> NAMES =
      List.of("wrangler.json", "wrangler.jsonc", "wrangler.toml");

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
        .map(file -> new WranglerFile(folder.toAbsolutePath(), Document.read(file)))
        .orElseThrow(
            () ->
                new ConfigurationException(
                    folder.toString(), "holds no wrangler file; expected one of " + NAMES));
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
    return new ProjectReader(folder, document, environment).read();
  }

  /**
   * What the Worker of an environment is called. Needs no build.
   *
   * @param environment empty for the top level
   * @throws ConfigurationException if it has no usable name or there is no such environment
   */
  public String worker(Optional<String> environment) {
    return new ProjectReader(folder, document, environment).readName();
  }
}
