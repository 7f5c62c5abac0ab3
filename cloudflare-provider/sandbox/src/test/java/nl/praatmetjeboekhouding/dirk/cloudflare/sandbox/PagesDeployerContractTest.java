package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.cloudflare.Pages;
import nl.praatmetjeboekhouding.dirk.cloudflare.PagesDeployerProvider;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
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
    Secret token = Secret.of("TOKEN", () -> CloudflareSandbox.TOKEN);
    try (Pages pages = Pages.open(sandbox.apiUri(), token, sandbox.accountId(), time())) {
      pages.createProject(
          Json.object().put("name", "contract").put("production_branch", "main"),
          CallContext.of(Duration.ofSeconds(20)));
    }
  }

  @AfterEach
  void closeSandbox() {
    sandbox.close();
  }

  @Override
  protected Deployer newDeployer() {
    return deployer(sandbox.apiUri());
  }

  @Override
  protected Optional<Deployer> newDeployerWithoutVendor() {
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Optional.of(
          deployer(URI.create("http://127.0.0.1:" + gone.getLocalPort() + "/client/v4")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    write("dist/index.html", "<h1>" + content + "</h1>");
    write("dist/_headers", "/*\n  X-Version: " + content + "\n");
  }

  private Deployer deployer(URI api) {
    write("wrangler.jsonc", "{\"name\": \"contract\", \"pages_build_output_dir\": \"./dist\"}");
    ProviderConfig config =
        ProviderConfig.of("cloudflare-pages")
            .with("api", api.toString())
            .with("account", sandbox.accountId())
            .with("token", "${env:TOKEN}");
    return new PagesDeployerProvider()
        .create(
            new ProviderContext(
                "contract",
                project,
                config.settings(name -> Optional.of(CloudflareSandbox.TOKEN)),
                time()));
  }

  private void write(String name, String text) {
    try {
      Path file = project.resolve(name);
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
