package nl.praatmetjeboekhouding.dirk.proof.runs;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.RollbackRequest;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/**
 * A process that deploys release after release where another does too, and rolls back now and then,
 * which may end the other's run. Goes on with what is open before each, as a cron job does.
 */
final class Rival {

  static final String RAN = "ran ";
  static final String WITHOUT_JOURNAL = "without a journal";

  private Rival() {}

  /** Takes its name, a seed, for how many milliseconds it goes on, and {@link Orders}. */
  public static void main(String[] arguments) throws IOException {
    List<String> told = Arrays.asList(arguments);
    Random random = new Random(Long.parseLong(told.get(1)));
    long end = System.nanoTime() + Duration.ofMillis(Long.parseLong(told.get(2))).toNanos();
    Orders orders = Orders.read(told.subList(3, told.size()).toArray(String[]::new));
    try (Journal journal = orders.openJournal()) {
      for (int number = 1; System.nanoTime() < end; number++) {
        String task = told.get(0) + "-" + number;
        Site.build(orders.folder(), task);
        try (Dirk dirk = orders.open(journal, task)) {
          List<RunReport> unused = dirk.resume();
          RunReport report =
              random.nextInt(4) == 0
                  ? dirk.rollback(RollbackRequest.of(Orders.SERVICE).taskId(task))
                  : dirk.deploy(DeployRequest.of(Orders.SERVICE).taskId(task));
          System.out.println(RAN + task + " " + report.outcome());
        } catch (JournalException e) {
          // the other one was stopped while it held a row or the folder's lock
          System.out.println(RAN + task + " " + WITHOUT_JOURNAL);
        }
      }
    }
  }
}
