package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.cloudflare.CloudflareDeployerProvider;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.testkit.DeployerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of deployers, kept by the Cloudflare deployer over the local Cloudflare. */
class CloudflareDeployerContractTest extends DeployerContract {

  @TempDir private Path folder;
  private final List<CloudflareSandbox> sandboxes = new ArrayList<>();

  @Override
  protected Deployer newDeployer() {
    CloudflareSandbox sandbox = CloudflareSandbox.builder().time(time()).start();
    sandboxes.add(sandbox);
    return deployer(sandbox.apiUri().toString(), sandbox.accountId());
  }

  @Override
  protected Optional<Deployer> newDeployerWithoutVendor() {
    CloudflareSandbox gone = CloudflareSandbox.builder().time(time()).start();
    String api = gone.apiUri().toString();
    gone.close();
    return Optional.of(deployer(api, gone.accountId()));
  }

  @Override
  protected void build(String content) {
    write("index.js", "export default { fetch: () => new Response('" + content + "') };");
  }

  @AfterEach
  void closeSandboxes() {
    sandboxes.forEach(CloudflareSandbox::close);
  }

  private Deployer deployer(String api, String account) {
    write(
        "wrangler.jsonc",
        """
        { "name": "contract", "main": "index.js", "compatibility_date": "2026-03-01",
          "workers_dev": true, "triggers": { "crons": ["0 3 * * *"] },
          "env": { "staging": {}, "production": {} } }
        """);
    build("v0");
    return new CloudflareDeployerProvider()
        .create(
            new ProviderContext(
                "contract",
                folder,
                ProviderConfig.of("cloudflare")
                    .with("api", api)
                    .with("account", account)
                    .with("token", "${env:TOKEN}")
                    .settings(name -> Optional.of(CloudflareSandbox.TOKEN)),
                time()));
  }

  private void write(String name, String content) {
    try {
      Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
