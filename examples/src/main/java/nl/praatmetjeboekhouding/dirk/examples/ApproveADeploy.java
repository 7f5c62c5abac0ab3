package nl.praatmetjeboekhouding.dirk.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.ApproveRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.run.Approval;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/**
 * Approves a plan of a runbook file and goes on with what waited for that. Arguments: the file, the
 * plan's hash as the report of the deploy tells it, and who approves.
 */
public final class ApproveADeploy {

  private ApproveADeploy() {}

  /** Approves; exits with 0 if all that waited is deployed. */
  public static void main(String[] arguments) {
    List<RunReport> reports =
        approve(Path.of(arguments[0]), arguments[1], arguments[2], System.out);
    boolean isAllDeployed =
        reports.stream().allMatch(report -> report.outcome() == Outcome.SUCCEEDED);
    System.exit(isAllDeployed ? 0 : 1);
  }

  // snippet: approve
  static List<RunReport> approve(Path file, String plan, String who, PrintStream out) {
    try (Dirk dirk = Dirk.open(file)) {
      Approval given =
          dirk.approve(ApproveRequest.of(new Digest(plan)).by(who).because("read the changes"));
      out.println(given.by() + " approved plan " + given.plan().abbreviated());
      List<RunReport> reports = dirk.resume();
      reports.forEach(report -> out.println(report.taskId() + ": " + report.summary()));
      return reports;
    }
  }
  // end
}
