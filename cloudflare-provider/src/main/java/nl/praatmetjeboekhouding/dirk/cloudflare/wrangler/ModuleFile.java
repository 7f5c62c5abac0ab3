package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A file that is uploaded as a module.
 *
 * @param name what the code knows it by
 * @param fileName what it is called where it is sent
 * @param contentType what Cloudflare takes it for
 * @param file where it is; absolute
 */
public record ModuleFile(String name, String fileName, String contentType, Path file) {

  /** Checks that nothing is null. */
  public ModuleFile {
    requireNonNull(name, "name");
    requireNonNull(fileName, "fileName");
    requireNonNull(contentType, "contentType");
    requireNonNull(file, "file");
  }

  /** One that is called as the code knows it. */
  ModuleFile(String name, ModuleType type, Path file) {
    this(name, name, type.contentType(), file);
  }

  boolean isSourceMap() {
    return contentType.equals(ModuleType.SOURCE_MAP.contentType());
  }
}
