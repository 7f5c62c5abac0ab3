package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;

/**
 * The static files of a Worker, not read yet.
 *
 * @param files by path
 * @param headers the text of {@code _headers}, as it stands, or empty if there is none
 * @param redirects the text of {@code _redirects}, as it stands, or empty if there is none
 */
public record WorkerAssets(
    List<AssetFile> files, Optional<String> headers, Optional<String> redirects) {

  private static final String IGNORE = ".assetsignore";
  private static final String HEADERS = "_headers";
  private static final String REDIRECTS = "_redirects";
  private static final String WORKER = "_worker.js";

  /** Checks that nothing is null. */
  public WorkerAssets {
    files = List.copyOf(files);
    requireNonNull(headers, "headers");
    requireNonNull(redirects, "redirects");
  }

  /**
   * Looks whether the folder is there.
   *
   * @throws ConfigurationException if it is not
   */
  public static void requireFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new ConfigurationException(
          folder.toString(),
          Files.exists(folder)
              ? "is the folder of assets and is no folder; name one"
              : "is the folder of assets and is not there; build it first");
    }
  }

  /**
   * Finds them in a folder, without what its {@code .assetsignore} leaves out.
   *
   * @throws ConfigurationException if the folder is not there or holds what cannot be taken; all
   *     that is found at once
   */
  public static WorkerAssets in(Path folder) {
    requireFolder(folder);
    Optional<String> ignored = text(folder, IGNORE);
    if (ignored.filter(rules -> rules.indexOf('\0') >= 0).isPresent()) {
      throw new ConfigurationException(
          folder.resolve(IGNORE).toString(), "holds a null character; take it out");
    }
    IgnoreRules rules =
        IgnoreRules.of("/" + IGNORE, "/" + REDIRECTS, "/" + HEADERS).and(ignored.orElse(""));
    List<AssetFile> files = AssetFolder.files(folder, rules, AssetLimits.WORKERS);
    if (ignored.isEmpty()) {
      refuseWorker(folder, files);
    }
    return new WorkerAssets(files, text(folder, HEADERS), text(folder, REDIRECTS));
  }

  /** Code for Pages would be there for everybody to read; wrangler looks at the start of paths. */
  private static void refuseWorker(Path folder, List<AssetFile> files) {
    if (files.stream().anyMatch(file -> file.path().startsWith(WORKER))) {
      throw new ConfigurationException(
          folder.resolve(WORKER).toString(),
          "is the code of a Pages project, and everybody could read it as an asset; take it out, or"
              + " write "
              + WORKER
              + " into a file "
              + IGNORE
              + " beside it; an empty one publishes it");
    }
  }

  private static Optional<String> text(Path folder, String name) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw new ConfigurationException(
            file.toString(), "is a link that leads out of the folder of assets; copy it");
      }
      return Optional.of(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(file.toString(), "is not UTF-8; save it so");
    } catch (IOException e) {
      throw new ConfigurationException(file.toString(), "cannot be read: " + e);
    }
  }
}
