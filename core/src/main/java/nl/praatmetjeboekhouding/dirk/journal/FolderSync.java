package nl.praatmetjeboekhouding.dirk.journal;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Puts the names in a folder on the disk. A file's own sync covers its content; a loss of power
 * still takes a file that was just made or moved unless its folder is synced too.
 */
interface FolderSync {

  /** Returns when what was made or moved in the folder, not below it, outlives a loss of power. */
  void sync(Path folder) throws IOException;

  /**
   * Asks the operating system, whatever interrupts. A system that lets nobody open a folder (such
   * as Windows) keeps its names by its own means, and is not asked.
   */
  static void system(Path folder) throws IOException {
    boolean interrupted = false;
    try {
      while (!isSynced(folder)) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean isSynced(Path folder) throws IOException {
    try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
      opened.force(true);
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    } catch (AccessDeniedException e) {
      return true;
    }
  }
}
