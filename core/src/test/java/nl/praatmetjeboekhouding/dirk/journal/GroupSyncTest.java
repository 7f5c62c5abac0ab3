package nl.praatmetjeboekhouding.dirk.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How several threads share the syncs of one file. */
final class GroupSyncTest {

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final AtomicLong written = new AtomicLong();
  private final List<String> done = new ArrayList<>();
  private volatile Step beforeSync = () -> {};
  private final GroupSync sync =
      new GroupSync(
          new GroupSync.Disk() {
            @Override
            public long written() {
              return written.get();
            }

            @Override
            public void sync() throws IOException {
              beforeSync.run();
              note("sync");
            }

            @Override
            public void rewrite(long from, long to) {
              note("rewrite " + from + " to " + to);
            }
          });

  private interface Step {
    void run() throws IOException;
  }

  private synchronized void note(String what) {
    done.add(what);
  }

  private synchronized List<String> done() {
    return List.copyOf(done);
  }

  @AfterEach
  void end() {
    executor.shutdownNow();
  }

  @Test
  void syncsOnceForAllThatWasWrittenWhileTheLastSyncLasted() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    beforeSync =
        () -> {
          begun.countDown();
          await(release);
        };
    written.set(10);
    Future<?> first = await(10);
    begun.await();
    List<Future<?>> later = new ArrayList<>();
    for (int writer = 1; writer <= 5; writer++) {
      later.add(await(written.addAndGet(10)));
    }

    release.countDown();
    first.get();
    for (Future<?> one : later) {
      one.get();
    }

    assertThat(done()).containsOnly("sync").hasSizeBetween(2, 3);
  }

  @Test
  void doesNotSyncForWhatIsDurableAlready() throws IOException {
    written.set(10);
    sync.await(10);

    sync.await(10);
    sync.await(7);

    assertThat(done()).containsExactly("sync");
  }

  @Test
  void writesAgainWhatASyncDidNotBringToTheDiskBeforeTheNextOne() throws IOException {
    written.set(10);
    sync.await(10);
    written.set(30);
    beforeSync =
        () -> {
          throw new IOException("no space left");
        };
    assertThatThrownBy(() -> sync.await(30)).hasMessage("no space left");
    beforeSync = () -> {};
    written.set(40);

    sync.await(40);

    assertThat(done()).containsExactly("sync", "rewrite 10 to 40", "sync");
  }

  @Test
  void keepsAnInterruptForTheCallerWhoWaitsAllTheSame() throws Exception {
    Thread caller = Thread.currentThread();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    beforeSync =
        () -> {
          begun.countDown();
          await(interrupted);
          while (caller.isInterrupted()) { // until its waiting was interrupted
            Thread.onSpinWait();
          }
        };
    written.set(10);
    Future<?> leader = await(10);
    begun.await();
    caller.interrupt();
    interrupted.countDown();

    sync.await(10);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(leader.get()).isEqualTo(10L);
    assertThat(done()).containsExactly("sync");
  }

  private Future<?> await(long position) {
    return executor.submit(
        () -> {
          sync.await(position);
          return position;
        });
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
