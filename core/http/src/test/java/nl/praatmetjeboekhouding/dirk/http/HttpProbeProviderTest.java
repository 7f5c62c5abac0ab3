package nl.praatmetjeboekhouding.dirk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import nl.praatmetjeboekhouding.dirk.catalog.Catalog;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbeProvider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Spi;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.Test;

class HttpProbeProviderTest {

  @Test
  void isFoundByItsId() {
    HealthProbeProvider found =
        ServiceLoader.load(HealthProbeProvider.class).findFirst().orElseThrow();

    assertThat(found.id()).isEqualTo("http");
    assertThat(found.spiLevel()).isEqualTo(Spi.LEVEL);
  }

  @Test
  void goesToNoPrivateAddressUnlessTold() {
    try (HealthProbe probe = create(ProviderConfig.of("http"))) {
      Endpoint endpoint = Endpoint.of(URI.create("http://localhost:9/"), new IdentityRule.None());

      assertThat(probe.read(endpoint, CallContext.of(Duration.ofSeconds(1))).health())
          .isEqualTo(Health.INCONCLUSIVE);
    }
  }

  @Test
  void tellsAllFaultsAtOnce() {
    ProviderConfig given =
        ProviderConfig.of("http")
            .with("attemptTimeout", "0s")
            .with("bodyLimit", 0)
            .with("connect", Map.of("shop", "other:80"));

    assertThatThrownBy(() -> create(given))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("attemptTimeout must be positive")
        .hasMessageContaining("bodyLimit must be")
        .hasMessageContaining("connect must say host:port for host:port, unlike shop");
  }

  private static HealthProbe create(ProviderConfig config) {
    return Catalog.probes(HttpProbeProvider.class.getClassLoader())
        .create(
            "http",
            new ProviderContext(
                "shop",
                Path.of("/project").toAbsolutePath(),
                config.settings(name -> Optional.empty()),
                ManualTime.create()));
  }
}
