package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.cloudflare.PagesDeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.testkit.DeployerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The provider of Pages over the local Cloudflare, in manual time. */
class PagesDeployerContractTest extends DeployerContract {

  @TempDir private Path project;

  private final CloudflareSandbox sandbox =
      CloudflareSandbox.builder().time(time()).listLag(lag()).propagation(stages()).start();

  /** How long the API's lists do not show what was written. */
  Duration lag() {
    return Duration.ZERO;
  }

  /** How long the stages of a deployment take. */
  Duration stages() {
    return Duration.ZERO;
  }

  @BeforeEach
  void makeProject() {
    site().makePagesProject();
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
  protected boolean canSplitTraffic() {
    return false;
  }

  @Override
  protected boolean canUploadWithoutTraffic() {
    return false;
  }

  @Override
  protected void build(String content) {
    site().write("dist/index.html", "<h1>" + content + "</h1>");
    site().write("dist/_headers", "/*\n  X-Version: " + content + "\n");
  }

  private DeployerProvider provider() {
    site()
        .write(
            "wrangler.jsonc", "{\"name\": \"contract\", \"pages_build_output_dir\": \"./dist\"}");
    return new PagesDeployerProvider();
  }

  private ContractSite site() {
    return new ContractSite(sandbox, project, time());
  }
}
