package nl.praatmetjeboekhouding.dirk.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/**
 * Deploys the service {@code api} of a runbook file and tells what it hears meanwhile. Argument:
 * the file.
 */
public final class ListenToARun {

  private ListenToARun() {}

  /** Deploys; exits with 0 if that worked. */
  public static void main(String[] arguments) {
    RunReport report = deploy(Path.of(arguments[0]), System.out);
    System.exit(report.outcome() == Outcome.SUCCEEDED ? 0 : 1);
  }

  // snippet: open-with-listener
  static RunReport deploy(Path file, PrintStream out) {
    try (Dirk dirk = Dirk.builder().file(file).listener(new ChatRoom(out)).open()) {
      return dirk.deploy(DeployRequest.of("api").acknowledging(dirk.context().acknowledgement()));
    }
  }

  // end

  // snippet: listener
  /** Tells people what they want to know: that it began, what went wrong, how it ended. */
  record ChatRoom(PrintStream out) implements RunListener {

    @Override
    public void runStarted(RunStarted event) {
      out.printf("%s of %s began%n", event.runbook(), event.service());
    }

    @Override
    public void stepEnded(StepEnded event) {
      switch (event.report().status()) {
        case DONE -> {}
        case FAILED, UNKNOWN, STOPPED ->
            out.printf("%s: %s%n", event.report().name(), event.report().detail());
      }
    }

    @Override
    public void runEnded(RunEnded event) {
      out.println(event.report().summary());
    }
  }
  // end
}
