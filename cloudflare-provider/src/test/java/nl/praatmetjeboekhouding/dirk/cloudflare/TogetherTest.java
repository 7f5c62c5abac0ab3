package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TogetherTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Cancellation cancellation = Cancellation.create();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void areUnderWayAtTheSameTime() {
    CyclicBarrier both = new CyclicBarrier(2);

    try (Together together = new Together(threads, cancellation)) {
      Together.Later<String> one = together.start(() -> meet(both, "one"));
      Together.Later<String> other = together.start(() -> meet(both, "other"));

      assertThat(one.get()).isEqualTo("one");
      assertThat(other.get()).isEqualTo("other");
    }
  }

  @Test
  void whatOneThrowsIsThrownToWhoeverAsksForItOnceTheOthersAreOver() {
    CountDownLatch failed = new CountDownLatch(1);
    AtomicBoolean over = new AtomicBoolean();

    assertThatThrownBy(
            () -> {
              try (Together together = new Together(threads, cancellation)) {
                Together.Later<String> bad =
                    together.start(
                        () -> {
                          failed.countDown();
                          throw ProviderException.of(FailureKind.INVALID, "no");
                        });
                together.start(
                    () -> {
                      await(failed);
                      over.set(true);
                      return "";
                    });
                bad.get();
              }
            })
        .isInstanceOf(ProviderException.class)
        .hasMessage("no");
    assertThat(over).isTrue();
  }

  @Test
  void anErrorOfOneIsThrownAsItIs() {
    Error broken = new NoClassDefFoundError("it");

    assertThatThrownBy(
            () -> {
              try (Together together = new Together(threads, cancellation)) {
                Together.Later<String> bad =
                    together.start(
                        () -> {
                          throw broken;
                        });
                bad.get();
              }
            })
        .isSameAs(broken);
  }

  @Test
  void anInterruptOfWhoeverWaitsEndsThemAndStaysVisible() {
    CountDownLatch ended = new CountDownLatch(1);

    try (Together together = new Together(threads, cancellation)) {
      Together.Later<String> waiting =
          together.start(
              () -> {
                await(ended);
                return "ended";
              });
      try (Cancellation.Registration unused = cancellation.onStop(ended::countDown)) {
        Thread.currentThread().interrupt();
        assertThat(waiting.get()).isEqualTo("ended");
      }
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(cancellation.stop()).isPresent();
  }

  @Test
  void doesNotWaitForWhatWasNeverTaken() {
    threads.shutdown();

    assertThatThrownBy(
            () -> {
              try (Together together = new Together(threads, cancellation)) {
                Together.Later<String> unused = together.start(() -> "never");
              }
            })
        .isInstanceOfSatisfying(
            ProviderException.class,
            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.NOT_SENT))
        .hasMessage("not sent; the API was closed");
  }

  private static String meet(CyclicBarrier barrier, String what) {
    try {
      int unused = barrier.await();
      return what;
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
