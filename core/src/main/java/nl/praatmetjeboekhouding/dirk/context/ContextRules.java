package nl.praatmetjeboekhouding.dirk.context;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which documents must have been read before a run may start.
 *
 * @param root the folder that all of them are in; absolute
 * @param files their paths, relative to the root, with forward slashes; kept without what means
 *     nothing in them, such as {@code ./} or a slash at the end
 * @param folders folders of which every document must have been read, in the same form; a file
 *     whose name begins with a dot, there or in a folder below, is no document
 * @param fileLimit how large one document may be, in bytes
 */
public record ContextRules(Path root, List<String> files, List<String> folders, long fileLimit) {

  /** The name of the root itself. */
  static final String ROOT = ".";

  /** How large a document may be unless it is said: 1 MiB. */
  public static final long FILE_LIMIT = 1024 * 1024;

  /** How large a document may be at most: 64 MiB, for all of it is held in memory. */
  public static final long MOST = 64 * 1024 * 1024;

  /** Checks that the root is absolute and the limit in range. */
  public ContextRules {
    requireNonNull(root, "root");
    files = files.stream().map(ContextRules::plain).toList();
    folders = folders.stream().map(ContextRules::plain).toList();
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

  /** Whether a document of this name would be in one of the folders. */
  boolean isInFolder(String document) {
    return folders.stream().anyMatch(folder -> isIn(folder, document));
  }

  static boolean isIn(String folder, String document) {
    return folder.equals(ROOT) || document.startsWith(folder + "/");
  }

  /** {@code a/b} for {@code ./a//b/}; what leads out of the root stays as it is, to be told. */
  private static String plain(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("files and folders must be named");
    }
    String plain =
        Stream.of(name.split("/"))
            .filter(part -> !part.isEmpty() && !part.equals(ROOT))
            .collect(Collectors.joining("/"));
    if (name.startsWith("/")) {
      return "/" + plain;
    }
    return plain.isEmpty() ? ROOT : plain;
  }

  /** This one, with how large a document may be, in bytes. */
  public ContextRules withFileLimit(long bytes) {
    return new ContextRules(root, files, folders, bytes);
  }
}
