package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Several threads that do the same at once. */
final class Crowd {

  private Crowd() {}

  /** What one of them does. */
  @FunctionalInterface
  interface Work<T> {
    T by(int member) throws Exception;
  }

  /**
   * What each of {@code size} threads came to, in their order; they begin together.
   *
   * @throws AssertionError with what was thrown, if one of them threw
   */
  static <T> List<T> of(int size, Work<T> work) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(size);
    CountDownLatch ready = new CountDownLatch(size);
    try {
      List<Callable<T>> members =
          IntStream.range(0, size)
              .<Callable<T>>mapToObj(
                  member ->
                      () -> {
                        ready.countDown();
                        ready.await();
                        return work.by(member);
                      })
              .toList();
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(members)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("one of " + size + " threads failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
