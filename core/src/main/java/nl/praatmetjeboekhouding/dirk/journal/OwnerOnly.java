package nl.praatmetjeboekhouding.dirk.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes files and folders that nobody but their owner can open, where owners are known. */
final class OwnerOnly {

  private OwnerOnly() {}

  /** Makes the folder, unless it is there. */
  static void folder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, permissions(folder, "rwx------"));
    } catch (FileAlreadyExistsException e) {
      // it stays as whoever made it wants it
    }
  }

  /** Makes the file, empty, unless it is there. */
  static void file(Path file) throws IOException {
    try {
      Files.createFile(file, permissions(file, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      // it stays as whoever made it wants it
    }
  }

  private static FileAttribute<?>[] permissions(Path made, String allowed) throws IOException {
    Path above = made.toAbsolutePath().getParent();
    boolean knowsOwners =
        above != null
            && Files.getFileStore(above).supportsFileAttributeView(PosixFileAttributeView.class);
    return knowsOwners
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(allowed))
        }
        : new FileAttribute<?>[0];
  }
}
