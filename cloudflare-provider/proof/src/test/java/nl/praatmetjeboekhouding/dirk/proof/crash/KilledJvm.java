package nl.praatmetjeboekhouding.dirk.proof.crash;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.journal.Journal;

/**
 * A process that tells a run and is killed on the way: at the boundary where it says so and waits,
 * or whenever somebody likes.
 */
final class KilledJvm {

  static final String BOUNDARY = "boundary ";
  static final String STOPPED = "stopped";
  static final String ENDED = "ended ";

  private KilledJvm() {}

  /** Takes {@link Orders}. */
  public static void main(String[] arguments) {
    Orders orders = Orders.read(arguments);
    AtomicInteger count = new AtomicInteger();
    try (Journal shared = orders.openJournal()) {
      Journal journal =
          new StoppingJournal(
              shared,
              boundary -> {
                System.out.println(BOUNDARY + boundary);
                if (count.getAndIncrement() == orders.stop()) {
                  System.out.println(STOPPED);
                  waitForTheEnd();
                }
              });
      try (Dirk dirk = orders.open(journal, orders.scenario().release())) {
        System.out.println(ENDED + orders.scenario().ask(dirk).outcome());
      }
    }
  }

  private static void waitForTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("somebody interrupted instead of killing", e);
    }
  }
}
