package nl.praatmetjeboekhouding.dirk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbeProvider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.spi.Settings;
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
    try (HealthProbe probe = create(new Given(Map.of(), Map.of()))) {
      Endpoint endpoint = Endpoint.of(URI.create("http://localhost:9/"), new IdentityRule.None());

      assertThat(probe.read(endpoint, CallContext.of(Duration.ofSeconds(1))).health())
          .isEqualTo(Health.INCONCLUSIVE);
    }
  }

  @Test
  void tellsAllFaultsAtOnce() {
    Given given =
        new Given(
            Map.of("attemptTimeout", Duration.ZERO, "bodyLimit", 0L), Map.of("shop", "other:80"));

    assertThatThrownBy(() -> create(given))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("attemptTimeout must be positive")
        .hasMessageContaining("bodyLimit must be")
        .hasMessageContaining("connect shop: both sides must be host:port");
  }

  private static HealthProbe create(Settings settings) {
    return new HttpProbeProvider()
        .create(
            new ProviderContext(
                "shop", Path.of("/project").toAbsolutePath(), settings, ManualTime.create()));
  }

  private record Given(Map<String, Object> values, Map<String, String> connect)
      implements Settings {

    @Override
    public String required(String name) {
      return text(name).orElseThrow();
    }

    @Override
    public Optional<String> text(String name) {
      return value(name, String.class);
    }

    @Override
    public Optional<Boolean> flag(String name) {
      return value(name, Boolean.class);
    }

    @Override
    public Optional<Long> number(String name) {
      return value(name, Long.class);
    }

    @Override
    public Optional<Duration> duration(String name) {
      return value(name, Duration.class);
    }

    @Override
    public Optional<URI> uri(String name) {
      return value(name, URI.class);
    }

    @Override
    public Path requiredPath(String name) {
      return path(name).orElseThrow();
    }

    @Override
    public Optional<Path> path(String name) {
      return value(name, Path.class);
    }

    @Override
    public Map<String, String> texts(String name) {
      return connect;
    }

    @Override
    public Secret requiredSecret(String name) {
      return secret(name).orElseThrow();
    }

    @Override
    public Optional<Secret> secret(String name) {
      return value(name, Secret.class);
    }

    private <T> Optional<T> value(String name, Class<T> type) {
      return Optional.ofNullable(values.get(name)).map(type::cast);
    }
  }
}
