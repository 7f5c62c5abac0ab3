package nl.praatmetjeboekhouding.dirk.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's lock on a journal's folder, held for the length of one call. The lock file
 * is opened once in a process, since closing any second channel on it would free the lock: another
 * journal on the same folder in the same process is refused. It is polled for rather than waited
 * for, because an interrupt closes a channel that waits.
 */
final class FolderLock implements AutoCloseable {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
  private static final long POLL = TimeUnit.MICROSECONDS.toNanos(200);

  private final Path folder;
  private final FileChannel inUse;
  private final FileChannel channel;
  private @Nullable FileLock held;

  FolderLock(Path folder) throws IOException {
    this.folder = folder;
    this.inUse = open(folder.resolve("used-" + ProcessHandle.current().pid() + ".lock"), folder);
    this.channel =
        FileChannel.open(
            folder.resolve("journal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  void lock() throws IOException {
    long began = System.nanoTime();
    while (true) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        held = lock;
        return;
      }
      if (System.nanoTime() - began > PATIENCE) {
        throw new JournalException(
            Kind.STORAGE,
            "another process has held the journal in " + folder + " for 30 s: is it stopped?");
      }
      LockSupport.parkNanos(POLL);
    }
  }

  void unlock() throws IOException {
    FileLock lock = held;
    held = null;
    if (lock != null) {
      lock.release();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    inUse.close();
    java.nio.file.Files.deleteIfExists(
        folder.resolve("used-" + ProcessHandle.current().pid() + ".lock"));
  }

  private static FileChannel open(Path file, Path folder) throws IOException {
    FileChannel opened =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (opened.tryLock() != null) {
        return opened;
      }
    } catch (OverlappingFileLockException e) {
      // this process uses the folder already
    }
    opened.close();
    throw new JournalException(
        Kind.STORAGE,
        "the journal in "
            + folder
            + " is already open in this process: share that one object, it is safe for several"
            + " threads");
  }
}
