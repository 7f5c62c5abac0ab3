package nl.praatmetjeboekhouding.dirk.proof.runs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/**
 * A process that tells a run and is killed on the way: at the boundary where it says so and waits,
 * or whenever somebody likes.
 */
final class KilledJvm {

  static final String BOUNDARY = "boundary ";
  static final String STOPPED = "stopped";
  static final String ENDED = "ended ";
  static final String SAID = "said ";
  static final String REFUSED = "refused";

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
        RunReport report = orders.scenario().ask(dirk);
        System.out.println(SAID + report.summary());
        System.out.println(ENDED + report.outcome());
      }
    } catch (JournalException e) {
      System.out.println(SAID + e.getMessage());
      System.out.println(ENDED + REFUSED);
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
