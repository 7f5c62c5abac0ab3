package nl.praatmetjeboekhouding.dirk.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;

/**
 * Tells other processes that this one lives: a file of its own, locked as long as the journal is
 * open. The operating system frees the lock when the process dies, however it dies. The file's name
 * is that of the process, so it also keeps a process from opening one folder twice.
 */
final class Liveness implements Closeable {

  private static final String PREFIX = "alive-";
  private static final String SUFFIX = ".lock";
  private static final Duration STARTING = Duration.ofMinutes(1);

  private final Path file;
  private final String process;
  private final FileLock lock;

  private Liveness(Path file, String process, FileLock lock) {
    this.file = file;
    this.process = process;
    this.lock = lock;
  }

  /** Makes and locks the file of this process. */
  static Liveness announce(JournalFolder folder) throws IOException {
    String process = nameOfThisProcess();
    Path file = folder.path().resolve(PREFIX + process + SUFFIX);
    try {
      JournalFolder.newFile(file);
    } catch (FileAlreadyExistsException e) {
      throw new JournalException(
          Kind.STORAGE,
          "The journal at %s is open in this process already. Use the one that is open, or close it"
                  .formatted(folder.path())
              + " first.",
          e);
    }
    return Uninterrupted.call(() -> new Liveness(file, process, locked(file)));
  }

  /** This process, as leases name it. */
  String process() {
    return process;
  }

  /** Whether a process is known to have died. One that cannot be judged is not. */
  boolean isDead(String other) throws IOException {
    if (other.equals(process)) {
      return false;
    }
    Path theirs = file.resolveSibling(PREFIX + other + SUFFIX);
    return Uninterrupted.call(() -> isUnlocked(theirs));
  }

  /** Removes what dead processes left, except of those in {@code needed}. */
  void sweep(Set<String> needed) throws IOException {
    Instant before = Files.getLastModifiedTime(file).toInstant().minus(STARTING);
    try (Stream<Path> files = Files.list(file.getParent())) {
      for (Path other : files.filter(Liveness::isLiveness).toList()) {
        String name = other.getFileName().toString();
        String owner = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
        boolean settled = Files.getLastModifiedTime(other).toInstant().isBefore(before);
        if (settled && !needed.contains(owner) && isDead(owner)) {
          Files.deleteIfExists(other);
        }
      }
    }
  }

  /** Takes the file away before it is unlocked: who closes a journal has not died. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    lock.acquiredBy().close();
  }

  private static boolean isLiveness(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
  }

  private static String nameOfThisProcess() {
    ProcessHandle process = ProcessHandle.current();
    long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return process.pid() + "-" + start;
  }

  private static FileLock locked(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.WRITE).lock();
  }

  private static boolean isUnlocked(Path theirs) throws IOException {
    try (FileChannel channel = FileChannel.open(theirs, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
