package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A file that is uploaded as a module.
 *
 * @param name what the code imports it by
 * @param contentType what Cloudflare takes it for
 * @param file where it is; absolute
 */
public record ModuleFile(String name, String contentType, Path file) {

  /** Checks that nothing is null. */
  public ModuleFile {
    requireNonNull(name, "name");
    requireNonNull(contentType, "contentType");
    requireNonNull(file, "file");
  }

  ModuleFile(String name, ModuleType type, Path file) {
    this(name, type.contentType(), file);
  }

  boolean isSourceMap() {
    return contentType.equals(ModuleType.SOURCE_MAP.contentType());
  }
}
