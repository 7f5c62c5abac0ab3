package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A file of a folder of assets, not read yet.
 *
 * @param path where it is in the folder, with forward slashes and without one at the front
 * @param file where it is on disk
 * @param size in bytes
 */
public record AssetFile(String path, Path file, long size) {

  /** Checks that nothing is null. */
  public AssetFile {
    requireNonNull(path, "path");
    requireNonNull(file, "file");
  }

  /** Its name without the folders that it is in. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
