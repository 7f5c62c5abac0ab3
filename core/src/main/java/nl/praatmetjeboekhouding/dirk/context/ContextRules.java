package nl.praatmetjeboekhouding.dirk.context;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which documents must have been read before a run may start.
 *
 * @param root the folder that all of them are in; absolute
 * @param files their paths, relative to the root, with forward slashes
 * @param folders folders of which every file must have been read, relative to the root
 * @param fileLimit how large one document may be, in bytes
 */
public record ContextRules(Path root, List<String> files, List<String> folders, long fileLimit) {

  /** How large a document may be unless it is said: 1 MiB. */
  public static final long FILE_LIMIT = 1024 * 1024;

  /** How large a document may be at most: 64 MiB, for all of it is held in memory. */
  public static final long MOST = 64 * 1024 * 1024;

  /** Checks that the root is absolute and the limit in range. */
  public ContextRules {
    requireNonNull(root, "root");
    files = List.copyOf(files);
    folders = List.copyOf(folders);
    if (!root.isAbsolute()) {
      throw new IllegalArgumentException("root must be absolute: " + root);
    }
    if (fileLimit < 1 || fileLimit > MOST) {
      throw new IllegalArgumentException("fileLimit must be from 1 to " + MOST + ": " + fileLimit);
    }
  }

  /** Documents of at most 1 MiB each. */
  public static ContextRules of(Path root, List<String> files, List<String> folders) {
    return new ContextRules(root, files, folders, FILE_LIMIT);
  }

  /** The folder of these rules that a document is in, or empty if it is named by itself. */
  Optional<String> folderOf(String document) {
    return folders.stream().filter(folder -> document.startsWith(folder + "/")).findFirst();
  }

  /** This one, with how large a document may be, in bytes. */
  public ContextRules withFileLimit(long bytes) {
    return new ContextRules(root, files, folders, bytes);
  }
}
