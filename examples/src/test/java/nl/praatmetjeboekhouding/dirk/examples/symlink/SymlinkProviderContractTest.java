package nl.praatmetjeboekhouding.dirk.examples.symlink;

import java.util.List;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.testkit.DeployerProviderContract;

// snippet: provider-contract
class SymlinkProviderContractTest extends DeployerProviderContract {

  @Override
  protected DeployerProvider newProvider() {
    return new SymlinkDeployerProvider();
  }

  @Override
  protected ProviderConfig config() {
    return ProviderConfig.of("symlink").with("root", "releases").with("content", "dist");
  }

  @Override
  protected List<String> required() {
    return List.of("root");
  }
}
// end
