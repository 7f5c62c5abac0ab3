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
 * The operating system's lock on a journal's folder, held for the length of one call. It is polled
 * for rather than waited for, because an interrupt closes a channel that waits.
 *
 * <p>{@code journal.lock} is opened once in a process, since closing any second channel on it would
 * free the lock. A shared lock on {@code used.lock} sees to that: other processes share it,
 * whatever their number is called in their container, and this one is refused a second. It is
 * Java's own list of locks that refuses, so it does no harm that closing the second channel frees
 * the shared lock of the operating system: nobody asks for that.
 */
final class FolderLock implements AutoCloseable {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
  private static final long POLL = TimeUnit.MICROSECONDS.toNanos(200);

  private final Path folder;
  private final FileLock inUse;
  private final FileChannel channel;
  private @Nullable FileLock held;

  private FolderLock(Path folder, FileLock inUse, FileChannel channel) {
    this.folder = folder;
    this.inUse = inUse;
    this.channel = channel;
  }

  /** Begins to use the folder; nothing stays open if it throws. */
  static FolderLock open(Path folder) throws IOException {
    FileLock inUse = claim(folder);
    try {
      Path lock = folder.resolve("journal.lock");
      OwnerOnly.file(lock);
      FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
      return new FolderLock(folder, inUse, channel);
    } catch (IOException | RuntimeException | Error e) {
      inUse.acquiredBy().close();
      throw e;
    }
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
    try {
      channel.close();
    } finally {
      inUse.acquiredBy().close();
    }
  }

  private static FileLock claim(Path folder) throws IOException {
    Path used = folder.resolve("used.lock");
    OwnerOnly.file(used);
    FileChannel opened = FileChannel.open(used, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock shared = opened.tryLock(0, Long.MAX_VALUE, true);
      if (shared == null) {
        throw new JournalException(
            Kind.STORAGE, used + " is locked by a program that is not Dirk: end that one");
      }
      return shared;
    } catch (OverlappingFileLockException e) {
      opened.close();
      throw new JournalException(
          Kind.STORAGE,
          "the journal in "
              + folder
              + " is already open in this process: share that one object, it is safe for several"
              + " threads",
          e);
    } catch (IOException | RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }
}
