package nl.praatmetjeboekhouding.dirk.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The lock that the processes of this host take turns with. Held for one change or one look.
 *
 * <p>POSIX frees the locks that a process has on a file as soon as the process closes <em>any</em>
 * descriptor of that file. So there is one channel on the lock file in a process, never a second
 * one; {@link Liveness} sees to that. Not thread-safe: its user lets one thread in at a time.
 */
final class OsLock implements Closeable {

  private final Path file;
  private @Nullable FileChannel channel;
  private @Nullable FileLock lock;

  OsLock(Path file) {
    this.file = file;
  }

  /** Waits until no other process has the lock. An interrupt does not end the wait. */
  void take() throws IOException {
    lock = Uninterrupted.call(() -> channel().lock());
  }

  void release() throws IOException {
    FileLock taken = lock;
    lock = null;
    if (taken != null) {
      taken.release();
    }
  }

  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    if (open != null) {
      open.close();
    }
  }

  private FileChannel channel() throws IOException {
    FileChannel open = channel;
    if (open == null || !open.isOpen()) {
      open = FileChannel.open(file, StandardOpenOption.WRITE);
      channel = open;
    }
    return open;
  }
}
