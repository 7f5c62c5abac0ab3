package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.cloudflare.DeployedWorker;
import nl.praatmetjeboekhouding.dirk.cloudflare.Pages;
import nl.praatmetjeboekhouding.dirk.cloudflare.PagesDeployment;
import nl.praatmetjeboekhouding.dirk.cloudflare.PagesUpload;
import nl.praatmetjeboekhouding.dirk.cloudflare.WorkerProject;
import nl.praatmetjeboekhouding.dirk.cloudflare.Workers;
import nl.praatmetjeboekhouding.dirk.cloudflare.Wrangler;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** A process of its own that deploys the shop, until it is through or somebody kills it. */
final class DeployingJvm {

  private DeployingJvm() {}

  /** Takes the sandbox's API, the port of its edge, the account, the folder and which way. */
  public static void main(String[] arguments) {
    URI api = URI.create(arguments[0]);
    int edgePort = Integer.parseInt(arguments[1]);
    Path folder = Path.of(arguments[3]);
    if (arguments[4].equals("runbook")) {
      RunReport unused =
          Shop.there(api, edgePort, arguments[2], folder)
              .settlingWithin("100ms")
              .deploy(arguments[5]);
    } else if (arguments[4].equals("pages")) {
      PagesDeployment unused = toPages(api, arguments[2], folder);
    } else {
      DeployedWorker unused = plainly(api, arguments[2], folder);
    }
    System.out.println("through");
  }

  static PagesDeployment toPages(URI api, String account, Path folder) {
    try (Pages pages =
        Pages.open(
            api, Secret.of("TOKEN", () -> CloudflareSandbox.TOKEN), account, TimeSource.system())) {
      return pages.deploy(
          PagesUpload.of("shop", folder.resolve("public")), CallContext.of(Duration.ofMinutes(2)));
    }
  }

  static DeployedWorker plainly(URI api, String account, Path folder) {
    try (Workers workers =
        Workers.open(
            api, Secret.of("TOKEN", () -> CloudflareSandbox.TOKEN), account, TimeSource.system())) {
      return Wrangler.with(workers)
          .deploy(
              WorkerProject.in(folder).environment("production"),
              CallContext.of(Duration.ofMinutes(2)));
    }
  }
}
