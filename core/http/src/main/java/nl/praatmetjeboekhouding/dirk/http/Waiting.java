package nl.praatmetjeboekhouding.dirk.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;

/** Waits on the caller's thread for what happens on others. */
final class Waiting {

  private Waiting() {}

  /**
   * Waits until something is done, well or not. An interrupt detaches, which is expected to end
   * what is waited for, and stays visible on the thread.
   *
   * @param longest when to stop waiting, so that nothing that cannot be cancelled, such as looking
   *     up a name, holds the caller
   */
  static void until(CompletableFuture<?> done, Duration longest, Cancellation cancellation) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          done.get(longest.toMillis(), TimeUnit.MILLISECONDS);
          return;
        } catch (InterruptedException e) {
          interrupted = true;
          cancellation.detach("the thread was interrupted");
        } catch (ExecutionException | TimeoutException e) {
          return;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
