package nl.praatmetjeboekhouding.dirk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.catalog.Catalog;
import nl.praatmetjeboekhouding.dirk.config.DirkConfig;
import nl.praatmetjeboekhouding.dirk.config.ServiceConfig;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a runbook file says under {@code probe.settings} reaches the probe. */
class RunbookFileProbeTest {

  @TempDir private Path folder;

  @Test
  void looksAtPrivateAddressesOnlyWhereTheFileAllowsIt() throws IOException {
    Reading refused = read("{}");
    Reading allowed = read("{ \"allowPrivateAddresses\": true, \"attemptTimeout\": \"2s\" }");

    assertThat(refused.health()).isEqualTo(Health.INCONCLUSIVE);
    assertThat(allowed.health()).isEqualTo(Health.UNHEALTHY);
  }

  @Test
  void tellsEverySettingThatIsWrongAndWhereItStands() {
    assertThatThrownBy(
            () ->
                read("{ \"attemptTimeout\": 5, \"bodyLimit\": \"much\", \"allowPrivate\": true }"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "dirk.jsonc:8:41: services.api.probe.settings.attemptTimeout must be text, not a number",
            "dirk.jsonc:8:57: services.api.probe.settings.bodyLimit must be a whole number, not text",
            "dirk.jsonc:8:65: services.api.probe.settings.allowPrivate is unknown");
  }

  private Reading read(String settings) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("dirk.jsonc"),
            """
            {
              "services": {
                "api": {
                  "project": ".",
                  "deployer": { "provider": "none" },
                  "probe": {
                    "provider": "http",
                    "settings": %s
                  },
                  "environments": {
                    "production": {
                      "health": { "url": "http://127.0.0.1:1/health", "identity": "none" }
                    }
                  }
                }
              }
            }
            """
                .formatted(settings));
    ServiceConfig service = DirkConfig.read(file).service("api");
    ProviderContext context =
        new ProviderContext(
            service.name(),
            service.project(),
            service.probe().settings(name -> Optional.empty()),
            TimeSource.system());
    Catalog<HealthProbe> probes = Catalog.probes(getClass().getClassLoader());
    try (HealthProbe probe = probes.create(service.probe().provider(), context)) {
      return probe.read(
          service.production().health().endpoint(), CallContext.of(Duration.ofSeconds(5)));
    }
  }
}
