package nl.praatmetjeboekhouding.dirk.examples;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.config.DirkConfig;
import nl.praatmetjeboekhouding.dirk.config.EnvironmentConfig;
import nl.praatmetjeboekhouding.dirk.config.HealthConfig;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.config.ServiceConfig;
import nl.praatmetjeboekhouding.dirk.config.VersionRule;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.report.OutputProtocol;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/**
 * Deploys a web site with a provider of one's own, configured by objects instead of a file.
 * Arguments: the folder of the project, the folder below which releases are kept, and the address
 * at which the site tells its version.
 */
public final class OwnProvider {

  private OwnProvider() {}

  /** Deploys; exits with 0 if that worked. */
  public static void main(String[] arguments) {
    RunReport report =
        deploy(
            Path.of(arguments[0]).toAbsolutePath(),
            Path.of(arguments[1]).toAbsolutePath(),
            URI.create(arguments[2]),
            System.out);
    System.exit(report.outcome() == Outcome.SUCCEEDED ? 0 : 1);
  }

  // snippet: own-provider
  static RunReport deploy(Path project, Path releases, URI health, PrintStream out) {
    HealthConfig watched =
        HealthConfig.of(Endpoint.of(health, new IdentityRule.Pointer("/version")))
            .withPolicy(quick());
    ServiceConfig site =
        ServiceConfig.of(
                "site",
                project,
                ProviderConfig.of("symlink").with("root", releases.toString()),
                EnvironmentConfig.of(watched))
            .withVersion(new VersionRule.FromFile(Path.of("public/health.json"), "/version"))
            .withProbe(ProviderConfig.of("http").with("allowPrivateAddresses", true));
    DirkConfig config = DirkConfig.of(site).withJournal(releases.resolve("journal"));
    try (Dirk dirk = Dirk.builder().config(config).open()) {
      RunReport report = dirk.deploy(DeployRequest.of("site"));
      out.println(OutputProtocol.toJson(report));
      return report;
    }
  }

  /** Quicker than the standard, for a web server on this machine. */
  private static HealthPolicy quick() {
    Duration patience = Duration.ofSeconds(20);
    return HealthPolicy.standard()
        .withIdentityMatches(1)
        .withPatience(patience)
        .withReadings(3)
        .withEvery(Duration.ofMillis(200));
  }
  // end
}
