package nl.praatmetjeboekhouding.dirk.journal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import org.jspecify.annotations.Nullable;

/** The folder that a journal lives in: for its owner only, on a disk of this host. */
record JournalFolder(Path path) {

  private static final Set<String> NETWORK =
      Set.of(
          "9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "davfs", "fuse.ceph", "fuse.davfs",
          "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "glusterfs", "lustre",
          "ncpfs", "nfs", "nfs3", "nfs4", "smb", "smb2", "smb3", "smbfs", "webdav");

  /** Makes the folder if it is not there, and refuses one on a network. */
  static JournalFolder open(Path folder) {
    Path path = requireNonNull(folder, "folder").toAbsolutePath().normalize();
    try {
      Files.createDirectories(path, ownerOnly(path, "rwx------"));
      refuseNetwork(path, Files.getFileStore(path).type());
      return new JournalFolder(path.toRealPath());
    } catch (FileAlreadyExistsException e) {
      throw new JournalException(
          Kind.STORAGE, "The journal needs a folder, but a file is there: " + path, e);
    } catch (IOException e) {
      throw Storage.refused(path, "opened", e);
    }
  }

  /** Where the journal of this user lives, as the XDG base directory specification 0.8 says. */
  static Path standard(Function<String, @Nullable String> environment) {
    String state = environment.apply("XDG_STATE_HOME");
    if (state != null && Path.of(state).isAbsolute()) {
      return Path.of(state, "dirk");
    }
    String home = environment.apply("HOME");
    if (home != null && Path.of(home).isAbsolute()) {
      return Path.of(home, ".local", "state", "dirk");
    }
    throw new JournalException(
        Kind.STORAGE,
        "There is no standard place for the journal: neither XDG_STATE_HOME nor HOME is set to an"
            + " absolute path. Set one of them, or name a folder for the journal.");
  }

  static void refuseNetwork(Path path, String type) {
    if (NETWORK.contains(type.toLowerCase(Locale.ROOT)) || path.startsWith("\\\\")) {
      throw new JournalException(
          Kind.STORAGE,
          "The journal cannot live on the network file system \"%s\" at %s: locks and synced writes"
                  .formatted(type, path)
              + " are not dependable there. Name a folder on a local disk, or use a database"
              + " journal.");
    }
  }

  /** Makes a file in this folder, readable by its owner only, unless it is there. */
  Path file(String name) throws IOException {
    Path file = path.resolve(name);
    try {
      newFile(file);
    } catch (FileAlreadyExistsException e) {
      return file;
    }
    sync(path);
    return file;
  }

  /** Makes a folder in another one, unless it is there. */
  static Path folder(Path parent, String name) throws IOException {
    Path folder = parent.resolve(name);
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, ownerOnly(parent, "rwx------"));
      sync(parent);
    }
    return folder;
  }

  /** Makes a file readable by its owner only; fails if it is there. */
  static void newFile(Path file) throws IOException {
    Files.createFile(file, ownerOnly(file, "rw-------"));
  }

  /** Makes what was created or renamed in a folder durable, where the system can do that. */
  static void sync(Path folder) throws IOException {
    if (isPosix(folder)) {
      Uninterrupted.call(
          () -> {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
              channel.force(true);
              return channel;
            }
          });
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
