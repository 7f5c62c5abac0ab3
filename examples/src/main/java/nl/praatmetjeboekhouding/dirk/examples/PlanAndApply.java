package nl.praatmetjeboekhouding.dirk.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.report.OutputProtocol;
import nl.praatmetjeboekhouding.dirk.report.PlanReport;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/**
 * Says what a deploy of the service {@code api} of a runbook file would do, and deploys just that
 * once somebody has reviewed it. Arguments: the file, for the plan; the file and the plan's hash,
 * to apply it.
 */
public final class PlanAndApply {

  private PlanAndApply() {}

  /** Plans or applies; exits with 0 if that worked. */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    boolean good =
        arguments.length == 1
            ? plan(file, System.out).objections().isEmpty()
            : apply(file, arguments[1], System.out).outcome() == Outcome.SUCCEEDED;
    System.exit(good ? 0 : 1);
  }

  // snippet: plan
  static DeployPlan plan(Path file, PrintStream out) {
    try (Dirk dirk = Dirk.open(file)) {
      DeployPlan plan = dirk.plan("api");
      out.print(PlanReport.toText(plan));
      return plan;
    }
  }

  // end

  // snippet: apply
  static RunReport apply(Path file, String hash, PrintStream out) {
    try (Dirk dirk = Dirk.open(file)) {
      RunReport report =
          dirk.deploy(
              DeployRequest.of("api")
                  .applying(new Digest(hash))
                  .acknowledging(dirk.context().acknowledgement())
                  .because("reviewed"));
      out.println(OutputProtocol.toJson(report));
      return report;
    }
  }
  // end
}
