package nl.praatmetjeboekhouding.dirk.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.CloudflareSandbox;
import nl.praatmetjeboekhouding.dirk.report.OutputProtocol;
import nl.praatmetjeboekhouding.dirk.report.ProgressPrinter;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/**
 * Deploys a real Worker to a local Cloudflare, then a version of it that breaks in production, and
 * sees it put back. Arguments: the folder of the demo, and the folder to work in, of which
 * everything is deleted first.
 */
public final class Demo {

  private Demo() {}

  /** Runs the demo; exits with 0 if it went as promised. */
  public static void main(String[] arguments) throws IOException {
    boolean asPromised = run(Path.of(arguments[0]), Path.of(arguments[1]), System.out);
    System.exit(asPromised ? 0 : 1);
  }

  static boolean run(Path original, Path folder, PrintStream out) throws IOException {
    DemoProject project = DemoProject.copy(original, folder.toAbsolutePath());
    out.println("npm ci: esbuild, and workerd, which runs Workers as Cloudflare does");
    project.install(out);
    try (CloudflareSandbox cloudflare = project.cloudflare()) {
      out.println("A local Cloudflare listens on " + cloudflare.apiUri());
      out.println();
      RunReport good = deploy(project.runbook(), "demo-1", out);
      out.println();
      out.println("Now 0.3.0, which passes its tests and staging. Production lacks a variable.");
      out.println();
      project.change();
      RunReport bad = deploy(project.runbook(), "demo-2", out);
      out.println();
      out.println(OutputProtocol.toJson(bad));
      return good.outcome() == Outcome.SUCCEEDED && bad.outcome() == Outcome.ROLLED_BACK;
    }
  }

  // snippet: demo-deploy
  private static RunReport deploy(Path file, String taskId, PrintStream out) {
    try (Dirk dirk =
        Dirk.builder()
            .file(file)
            .secrets(name -> Optional.of(CloudflareSandbox.TOKEN))
            .listener(ProgressPrinter.to(out))
            .open()) {
      return dirk.deploy(
          DeployRequest.of("api").taskId(taskId).acknowledging(dirk.context().acknowledgement()));
    }
  }
  // end
}
