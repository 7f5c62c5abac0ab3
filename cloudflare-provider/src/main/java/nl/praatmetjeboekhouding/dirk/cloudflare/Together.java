package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import org.jspecify.annotations.Nullable;

/**
 * Requests that do not depend on each other, under way at the same time. {@link #close()} waits for
 * all of them, so that nothing of a call goes on after it. Used by one thread.
 */
final class Together implements AutoCloseable {

  /**
   * What one of them came to.
   *
   * @param <T> what it gives
   */
  interface Later<T> {

    /** Waits for it; throws what it threw. */
    T get();
  }

  private final Executor threads;
  private final Cancellation cancellation;
  private final List<FutureTask<?>> started = new ArrayList<>();

  /**
   * @param threads where they run; must take each at once
   * @param cancellation is detached when the waiting thread is interrupted, which ends them
   */
  Together(Executor threads, Cancellation cancellation) {
    this.threads = threads;
    this.cancellation = cancellation;
  }

  /**
   * Begins one.
   *
   * @throws ProviderException if it cannot begin any more, since the API is closed
   */
  <T> Later<T> start(Supplier<T> request) {
    FutureTask<T> task = new FutureTask<>(request::get);
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      throw ProviderException.of(FailureKind.NOT_SENT, "not sent; the API was closed");
    }
    started.add(task); // only what was taken, because close waits for it
    return () -> await(task);
  }

  private <T> T await(FutureTask<T> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
          cancellation.detach("the thread was interrupted");
        } catch (ExecutionException e) {
          throw thrown(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException thrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure
        ? failure
        : new IllegalStateException("a request threw what it may not", cause);
  }

  /** Waits until all are over, well or not. */
  @Override
  public void close() {
    for (FutureTask<?> task : started) {
      try {
        Object unused = await(task);
      } catch (RuntimeException | Error e) {
        // told to whoever asks for it
      }
    }
  }
}
