package nl.praatmetjeboekhouding.dirk.examples;

import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/**
 * Deploys, and leaves the run in order if the process is told to end (SIGTERM, Ctrl-C) meanwhile.
 * Argument: the runbook file.
 */
public final class CloseOnTheWayOut {

  private CloseOnTheWayOut() {}

  /** Deploys; exits with 0 if that worked. */
  public static void main(String[] arguments) {
    RunReport report = deploy(Path.of(arguments[0]));
    System.exit(report.outcome() == Outcome.SUCCEEDED ? 0 : 1);
  }

  // snippet: close
  static RunReport deploy(Path file) {
    Dirk dirk = Dirk.open(file);
    Thread closing = new Thread(dirk::close, "dirk-close");
    Runtime.getRuntime().addShutdownHook(closing);
    try (dirk) {
      return dirk.deploy(DeployRequest.of("api").acknowledging(dirk.context().acknowledgement()));
    } finally {
      forget(closing);
    }
  }

  private static void forget(Thread closing) {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(closing);
    } catch (IllegalStateException e) {
      // the process is on its way out, and the hook at work
    }
  }
  // end
}
