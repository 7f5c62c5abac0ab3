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
import nl.praatmetjeboekhouding.dirk.cloudflare.CloudflareDeployerProvider;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
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
  protected void build(String content) {
    write("index.js", "export default { fetch: () => new Response(\"" + content + "\") };\n");
  }

  private Deployer deployer(URI api) {
    write(
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
    ProviderConfig config =
        ProviderConfig.of("cloudflare")
            .with("api", api.toString())
            .with("account", sandbox.accountId())
            .with("token", "${env:TOKEN}");
    return new CloudflareDeployerProvider()
        .create(
            new ProviderContext(
                "contract",
                project,
                config.settings(name -> Optional.of(CloudflareSandbox.TOKEN)),
                time()));
  }

  private void write(String name, String text) {
    try {
      Files.writeString(project.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
