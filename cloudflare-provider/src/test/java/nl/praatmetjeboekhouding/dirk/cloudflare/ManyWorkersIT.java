package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole company's Workers are deployed by one process. */
@Timeout(300)
class ManyWorkersIT {

  private static final int WORKERS = 200;
  private static final int RELEASES = 3;
  private static final List<String> ACCOUNTS = List.of("one", "two", "three");

  /** Threads that a Worker that is being deployed may have, besides the one that deploys it. */
  private static final int THREADS_OF_AN_ACCOUNT = 150;

  @TempDir private Path folder;
  private final TimeSource time = new QuickTime();
  private final AtomicInteger told = new AtomicInteger();
  private final AtomicInteger deployed = new AtomicInteger();

  @Test
  void areDeployedAtOnceWithoutBeingBlocked() throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    ExecutorService callers = Executors.newFixedThreadPool(WORKERS);
    List<Workers> opened = new ArrayList<>();
    try (BudgetedApi api = new BudgetedApi(time)) {
      for (String account : ACCOUNTS) {
        Secret token = Secret.of("TOKEN", () -> account);
        opened.add(Workers.open(api.uri(), token, account, time));
      }
      for (Workers workers : opened) {
        deploy(workers, WORKERS); // connections are there, and code is compiled
      }
      int before = threads.getThreadCount();
      threads.resetPeakThreadCount();
      List<Callable<Integer>> work = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        int number = worker;
        work.add(() -> deploy(opened.get(number % ACCOUNTS.size()), number));
      }

      List<Future<Integer>> done = callers.invokeAll(work);

      System.out.println(
          WORKERS * RELEASES
              + " deploys, "
              + told
              + " requests, in five minutes at most "
              + ACCOUNTS.stream().map(api::most).toList()
              + ", threads at most "
              + (threads.getPeakThreadCount() - before)
              + ", memory "
              + (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1_000_000
              + " MB");
      for (Future<Integer> one : done) {
        assertThat(one.get()).isEqualTo(RELEASES);
      }
      int asked = ACCOUNTS.stream().mapToInt(api::asked).sum();
      assertThat(ACCOUNTS).allSatisfy(token -> assertThat(api.asked(token)).isGreaterThan(1200));
      assertThat(ACCOUNTS).allSatisfy(token -> assertThat(api.refused(token)).isZero());
      assertThat(told).hasValue(asked);
      for (int worker = 0; worker < WORKERS; worker++) {
        assertThat(api.live(ACCOUNTS.get(worker % ACCOUNTS.size()), name(worker)))
            .contains(code(worker, RELEASES));
      }
      assertThat(threads.getPeakThreadCount() - before)
          .isLessThan(WORKERS + ACCOUNTS.size() * THREADS_OF_AN_ACCOUNT);
    } finally {
      opened.forEach(Workers::close);
      callers.shutdownNow();
    }
  }

  private int deploy(Workers workers, int number) throws IOException {
    Path project = Files.createDirectories(folder.resolve(name(number)));
    Files.writeString(
        project.resolve("wrangler.json"),
        """
        {"name": "%s", "main": "worker.js", "compatibility_date": "2026-03-01"}"""
            .formatted(name(number)));
    for (int release = 1; release <= RELEASES; release++) {
      Files.writeString(project.resolve("worker.js"), code(number, release));
      CallContext call =
          new CallContext(
              Duration.ofHours(1), Cancellation.create(), request -> told.incrementAndGet());
      DeployedWorker worker = Wrangler.with(workers).deploy(WorkerProject.in(project), call);
      assertThat(worker.created()).isEqualTo(release == 1);
      int count = deployed.incrementAndGet();
      if (count % WORKERS == 0) {
        System.out.println(count + " of " + WORKERS * RELEASES + " deployed at " + time.instant());
      }
    }
    return RELEASES;
  }

  private static String name(int worker) {
    return "worker-" + worker;
  }

  private static String code(int worker, int release) {
    return "export default {} // worker " + worker + " release " + release + "\n";
  }

  /** A minute in two seconds. */
  private static final class QuickTime implements TimeSource {

    private static final int FACTOR = 30;

    private final Instant beginning = Instant.now();
    private final long nanos = System.nanoTime();

    @Override
    public Instant instant() {
      return beginning.plusNanos(nanoTime());
    }

    @Override
    public long nanoTime() {
      return (System.nanoTime() - nanos) * FACTOR;
    }

    @Override
    public boolean pause(Duration wait, Cancellation cancellation) {
      return TimeSource.system().pause(wait.dividedBy(FACTOR), cancellation);
    }
  }
}
