package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.testkit.DeployerProviderContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class PagesDeployerProviderContractTest extends DeployerProviderContract {

  @TempDir private Path project;

  @BeforeEach
  void writeProject() throws IOException {
    Files.writeString(
        project.resolve("wrangler.jsonc"),
        """
        {"name": "site", "pages_build_output_dir": "dist"}
        """);
  }

  @Override
  protected DeployerProvider newProvider() {
    return new PagesDeployerProvider();
  }

  @Override
  protected ProviderConfig config() {
    return ProviderConfig.of("cloudflare-pages")
        .with("token", "${env:CLOUDFLARE_API_TOKEN}")
        .with("account", "023e105f4ecef8ad9ca31a8372d0c353")
        .with("api", "http://127.0.0.1:9/client/v4")
        .with("branches", Map.of("staging", "preview"));
  }

  @Override
  protected Path project() {
    return project;
  }

  @Override
  protected List<String> secrets() {
    return List.of("token");
  }

  @Override
  protected List<String> required() {
    return List.of("token", "account");
  }
}
