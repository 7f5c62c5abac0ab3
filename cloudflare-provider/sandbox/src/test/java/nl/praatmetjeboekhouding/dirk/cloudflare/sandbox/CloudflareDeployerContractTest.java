package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.cloudflare.CloudflareDeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.testkit.DeployerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The Cloudflare provider over the local Cloudflare, in manual time. */
class CloudflareDeployerContractTest extends DeployerContract {

  @TempDir private Path project;

  private final CloudflareSandbox sandbox =
      CloudflareSandbox.builder().time(time()).zone("shop.example").listLag(lag()).start();

  /** How long the API's lists do not show what was written. */
  Duration lag() {
    return Duration.ZERO;
  }

  @AfterEach
  void closeSandbox() {
    sandbox.close();
  }

  @Override
  protected Deployer newDeployer() {
    return site().deployer(provider());
  }

  @Override
  protected Optional<Deployer> newDeployerWithoutVendor() {
    return Optional.of(site().deployerWithoutVendor(provider()));
  }

  @Override
  protected void build(String content) {
    site()
        .write("index.js", "export default { fetch: () => new Response(\"" + content + "\") };\n");
  }

  private DeployerProvider provider() {
    site()
        .write(
            "wrangler.jsonc",
            """
        {
          "name": "contract",
          "main": "index.js",
          "compatibility_date": "2026-01-01",
          "triggers": {"crons": ["5 * * * *"]},
          "routes": [{"pattern": "shop.example/contract/*", "zone_name": "shop.example"}],
          "observability": {"enabled": true},
          "env": {"staging": {"routes": [], "triggers": {"crons": []}}}
        }
        """);
    return new CloudflareDeployerProvider();
  }

  private ContractSite site() {
    return new ContractSite(sandbox, project, time());
  }
}
