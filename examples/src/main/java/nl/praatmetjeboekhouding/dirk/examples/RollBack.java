package nl.praatmetjeboekhouding.dirk.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.RollbackRequest;
import nl.praatmetjeboekhouding.dirk.report.OutputProtocol;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/** Rolls the service {@code api} of a runbook file back. Argument: the file. */
public final class RollBack {

  private RollBack() {}

  /** Rolls back; exits with 0 if that worked. */
  public static void main(String[] arguments) {
    RunReport report = rollBack(Path.of(arguments[0]), System.out);
    System.exit(report.outcome() == Outcome.SUCCEEDED ? 0 : 1);
  }

  // snippet: roll-back
  static RunReport rollBack(Path file, PrintStream out) {
    try (Dirk dirk = Dirk.open(file)) {
      RunReport report =
          dirk.rollback(RollbackRequest.of("api").because("customers see wrong totals"));
      out.println(OutputProtocol.toJson(report));
      return report;
    }
  }
  // end
}
