package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;

class PlainProviderContractTest extends DeployerProviderContract {

  @Override
  protected DeployerProvider newProvider() {
    return new PlainProvider();
  }

  @Override
  protected final ProviderConfig config() {
    return ProviderConfig.of(PlainProvider.idOf(newProvider().getClass()))
        .with("account", "a1")
        .with("labels", Map.of("team", "t1"))
        .with("token", "${env:TOKEN}");
  }

  @Override
  protected List<String> secrets() {
    return List.of("token");
  }

  @Override
  protected final List<String> required() {
    return List.of("account", "token");
  }
}
