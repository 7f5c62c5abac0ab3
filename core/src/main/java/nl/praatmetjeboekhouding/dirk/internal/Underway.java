package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;

/**
 * The runs that are being told in this process, by id: who asks for one that is there waits for its
 * report. Safe for use by several threads.
 */
final class Underway {

  private record Run(
      RunRequest asked,
      Thread teller,
      Cancellation cancellation,
      CompletableFuture<RunReport> report) {}

  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  private volatile Optional<String> leaving = Optional.empty();

  /**
   * The report of the run, told by the caller's thread, or by the one that does so already.
   *
   * @param left the report for somebody who stops waiting while the run goes on
   * @throws IllegalStateException if the run itself asks, which would wait for its own end
   */
  RunReport tell(
      RunRequest asked,
      Cancellation cancellation,
      Supplier<RunReport> story,
      Supplier<RunReport> left) {
    Run mine = new Run(asked, Thread.currentThread(), cancellation, new CompletableFuture<>());
    Run other = runs.putIfAbsent(asked.run(), mine);
    if (other != null) {
      asked.requireSame(other.asked());
      if (other.teller().equals(Thread.currentThread())) {
        throw new IllegalStateException(
            "run "
                + asked.run()
                + " was asked for by what it calls itself, such as a listener or a provider: ask"
                + " from another thread, or once it has ended");
      }
      return join(other, cancellation, left);
    }
    leaving.ifPresent(cancellation::detach);
    try {
      RunReport report = story.get();
      mine.report().complete(report);
      return report;
    } catch (RuntimeException | Error e) {
      mine.report().completeExceptionally(e);
      throw e;
    } finally {
      runs.remove(asked.run(), mine);
    }
  }

  /** Waits for a run of somebody else; a cancel goes through to it, a detach ends the waiting. */
  private static RunReport join(Run other, Cancellation cancellation, Supplier<RunReport> left) {
    CompletableFuture<RunReport> waiting = other.report().copy();
    Runnable heed =
        () ->
            cancellation
                .stop()
                .ifPresent(
                    stop -> {
                      switch (stop.kind()) {
                        case CANCEL -> other.cancellation().cancel(stop.reason());
                        case DETACH -> waiting.cancel(false);
                      }
                    });
    try (Cancellation.Registration heeding = cancellation.onStop(heed)) {
      return waiting.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return left.get();
    } catch (CancellationException e) {
      return left.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException thrown
          ? thrown
          : new CompletionException("the run that was waited for failed", e.getCause());
    }
  }

  /** Asks a run to end; false if none of this id is being told here. */
  boolean cancel(String run, String reason) {
    Optional<Run> found = Optional.ofNullable(runs.get(run));
    found.ifPresent(underway -> underway.cancellation().cancel(reason));
    return found.isPresent();
  }

  /**
   * Asks all runs to stop here and to stay open, those that come later too, and waits until they
   * have; false if some have not within {@code wait}.
   */
  boolean detachAll(String reason, Duration wait) {
    leaving = Optional.of(reason);
    List<Run> all = List.copyOf(runs.values());
    all.forEach(run -> run.cancellation().detach(reason));
    CompletableFuture<?>[] reports =
        all.stream().map(Run::report).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(reports).get(wait.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
