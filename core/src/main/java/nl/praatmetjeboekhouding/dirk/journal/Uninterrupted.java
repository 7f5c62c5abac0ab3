package nl.praatmetjeboekhouding.dirk.journal;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;

/**
 * Channels on threads that may be interrupted. Java closes a channel whose thread is interrupted
 * ({@link java.nio.channels.InterruptibleChannel}); here the work is done again and the interrupt is
 * handed on afterwards.
 */
final class Uninterrupted {

  /** Work on a channel that it opens itself, so that it can be done again. */
  @FunctionalInterface
  interface ChannelWork<T> {
    T run() throws IOException;
  }

  private Uninterrupted() {}

  static <T> T call(ChannelWork<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return work.run();
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
          interrupted = true;
          Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
