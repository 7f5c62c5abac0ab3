package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.cloudflare.CloudflareDeployerProvider;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.testkit.CrashContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Crashes of runs over the Cloudflare provider and the local Cloudflare, whose lists lag, for a
 * Worker with static assets.
 */
final class CloudflareCrashTest extends CrashContract {

  @TempDir private Path project;
  private CloudflareSandbox sandbox = start();

  private CloudflareSandbox start() {
    return CloudflareSandbox.builder()
        .time(time())
        .zone("shop.example")
        .listLag(Duration.ofSeconds(8))
        .start();
  }

  @Override
  protected void newVendor() {
    sandbox.close();
    sandbox = start();
    site()
        .write(
            "wrangler.jsonc",
            """
        {
          "name": "contract",
          "main": "index.js",
          "compatibility_date": "2026-01-01",
          "assets": {"directory": "public"},
          "env": {
            "staging": {},
            "production": {
              "triggers": {"crons": ["5 * * * *"]},
              "routes": [{"pattern": "shop.example/contract/*", "zone_name": "shop.example"}]
            }
          }
        }
        """);
  }

  @AfterEach
  void closeSandbox() {
    sandbox.close();
  }

  @Override
  protected Deployer newDeployer() {
    return site().deployer(new CloudflareDeployerProvider());
  }

  @Override
  protected void build(String content) {
    site().write("index.js", Shop.telling(content));
    site().write("public/index.html", content);
    site().write("public/same.html", "always");
  }

  /** As the sandbox has them, whatever its lists show; a Worker's key is in its tag. */
  @Override
  protected List<Version> versions(Target target) {
    return sandbox.versions("contract-" + target.environment().name()).stream()
        .map(made -> version(made.id(), made.annotations(), target))
        .toList();
  }

  private static Version version(String id, Map<String, String> annotations, Target target) {
    return Version.of(id, target).withKey(annotations.getOrDefault("workers/tag", "none"));
  }

  private ContractSite site() {
    return new ContractSite(sandbox, project, time());
  }
}
