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
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * The project {@code contract} in a folder and at a local Cloudflare, over which both providers are
 * held to their contracts.
 */
record ContractSite(CloudflareSandbox sandbox, Path project, TimeSource time) {

  private static final String NAME = "contract";

  /** Writes a file of the project. */
  void write(String name, String text) {
    try {
      Path file = project.resolve(name);
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the Pages project at the local Cloudflare. */
  void makePagesProject() {
    Secret token = Secret.of("TOKEN", () -> CloudflareSandbox.TOKEN);
    try (Pages pages = Pages.open(sandbox.apiUri(), token, sandbox.accountId(), time)) {
      pages.createProject(
          Json.object().put("name", NAME).put("production_branch", "main"),
          CallContext.of(Duration.ofSeconds(20)));
    }
  }

  Deployer deployer(DeployerProvider provider) {
    return deployer(provider, sandbox.apiUri());
  }

  /** One whose vendor is gone. */
  Deployer deployerWithoutVendor(DeployerProvider provider) {
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return deployer(
          provider, URI.create("http://127.0.0.1:" + gone.getLocalPort() + "/client/v4"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Deployer deployer(DeployerProvider provider, URI api) {
    ProviderConfig config =
        ProviderConfig.of(provider.id())
            .with("api", api.toString())
            .with("account", sandbox.accountId())
            .with("token", "${env:TOKEN}");
    return provider.create(
        new ProviderContext(
            NAME, project, config.settings(name -> Optional.of(CloudflareSandbox.TOKEN)), time));
  }
}
