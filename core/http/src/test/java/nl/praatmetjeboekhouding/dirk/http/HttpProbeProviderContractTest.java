package nl.praatmetjeboekhouding.dirk.http;

import java.util.Map;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbeProvider;
import nl.praatmetjeboekhouding.dirk.testkit.HealthProbeProviderContract;

final class HttpProbeProviderContractTest extends HealthProbeProviderContract {

  @Override
  protected HealthProbeProvider newProvider() {
    return new HttpProbeProvider();
  }

  @Override
  protected ProviderConfig config() {
    return ProviderConfig.of("http")
        .with("attemptTimeout", "2s")
        .with("bodyLimit", 1000)
        .with("allowPrivateAddresses", true)
        .with("connect", Map.of("shop.example:443", "127.0.0.1:8443"));
  }
}
