package nl.praatmetjeboekhouding.dirk.journal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Puts the content of many files on the disk. Whoever syncs waits for the disk, which does what
 * several ask for in one go; so several threads ask, which end with the call.
 */
final class FileSyncs implements Runnable {

  private static final int THREADS = 8;

  /** So many files are worth a thread of their own. */
  private static final int EACH = 16;

  private final Queue<Path> files;
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  private FileSyncs(Collection<Path> files) {
    this.files = new ConcurrentLinkedQueue<>(files);
  }

  /** Returns when the content of all is on the disk, whatever interrupts. */
  static void sync(Collection<Path> files) throws IOException {
    FileSyncs syncs = new FileSyncs(files);
    List<Thread> threads = new ArrayList<>();
    for (int more = 1; more < Math.min(THREADS, files.size() / EACH); more++) {
      threads.add(new Thread(syncs, "dirk-sync-" + more));
    }
    try {
      for (Thread thread : threads) {
        thread.setDaemon(true);
        thread.start();
      }
      syncs.run();
    } finally {
      await(threads);
    }
    syncs.complain();
  }

  @Override
  public void run() {
    try {
      for (Path file = files.poll(); file != null; file = files.poll()) {
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
          out.getFD().sync();
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      files.clear();
      failures.add(e);
    }
  }

  private void complain() throws IOException {
    Throwable failure = failures.peek();
    if (failure instanceof IOException disk) {
      throw disk;
    }
    if (failure != null) {
      throw new IOException(failure);
    }
  }

  private static void await(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
