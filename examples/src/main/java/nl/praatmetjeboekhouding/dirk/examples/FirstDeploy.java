package nl.praatmetjeboekhouding.dirk.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.context.ContextReading;
import nl.praatmetjeboekhouding.dirk.report.OutputProtocol;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/** Deploys the service {@code api} of a runbook file. Argument: the file. */
public final class FirstDeploy {

  private FirstDeploy() {}

  /** Deploys; exits with 0 if that worked. */
  public static void main(String[] arguments) {
    RunReport report = deploy(Path.of(arguments[0]), System.out);
    System.exit(report.outcome() == Outcome.SUCCEEDED ? 0 : 1);
  }

  // snippet: first-deploy
  static RunReport deploy(Path file, PrintStream out) {
    try (Dirk dirk = Dirk.open(file)) {
      ContextReading documents = dirk.context();
      documents.documents().forEach(document -> out.println("read " + document.name()));
      RunReport report =
          dirk.deploy(DeployRequest.of("api").acknowledging(documents.acknowledgement()));
      out.println(OutputProtocol.toJson(report));
      return report;
    }
  }
  // end
}
