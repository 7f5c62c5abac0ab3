package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.cloudflare.PagesDeployerProvider;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.testkit.CrashContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Crashes of runs over the provider of Pages and the local Cloudflare, whose lists lag. */
final class PagesCrashTest extends CrashContract {

  @TempDir private Path project;
  private CloudflareSandbox sandbox = start();

  private CloudflareSandbox start() {
    return CloudflareSandbox.builder()
        .time(time())
        .listLag(Duration.ofSeconds(8))
        .propagation(Duration.ofSeconds(3))
        .start();
  }

  @Override
  protected void newVendor() {
    sandbox.close();
    sandbox = start();
    site()
        .write(
            "wrangler.jsonc", "{\"name\": \"contract\", \"pages_build_output_dir\": \"./dist\"}");
    site().makePagesProject();
  }

  @AfterEach
  void closeSandbox() {
    sandbox.close();
  }

  @Override
  protected Deployer newDeployer() {
    return site().deployer(new PagesDeployerProvider());
  }

  @Override
  protected void build(String content) {
    site().write("dist/index.html", content);
  }

  /** As the sandbox has them, whatever its lists show; the key begins the commit message. */
  @Override
  protected List<Version> versions(Target target) {
    boolean production = target.environment().equals(Environment.PRODUCTION);
    return sandbox.pagesDeployments("contract").stream()
        .filter(made -> made.production() == production)
        .map(made -> Version.of(made.id(), target).withKey(made.message().split(" ", 2)[0]))
        .toList();
  }

  private ContractSite site() {
    return new ContractSite(sandbox, project, time());
  }
}
