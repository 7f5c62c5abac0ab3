package nl.praatmetjeboekhouding.dirk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.context.ContextRules;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirkConfigTest {

  @TempDir private Path folder;

  @Test
  void isTheSameAsObjectsAndAsAFile() throws IOException {
    Path root = folder.toRealPath();
    Path file =
        Files.writeString(
            root.resolve("dirk.jsonc"),
            """
            {
              "context": { "files": ["docs/a.md"], "folders": ["docs/b/"], "fileLimit": 1000 },
              "journal": { "folder": "journal" },
              "services": {
                "api": {
                  "project": "api",
                  "version": { "git": true },
                  "test": { "run": ["npm", "test"], "timeout": "30s" },
                  "build": ["npm", "run", "build"],
                  "deployer": { "provider": "cloudflare", "settings": { "account": "a" } },
                  "probe": { "provider": "grpc" },
                  "environments": {
                    "staging": {
                      "health": { "url": "https://staging.example.com/", "identity": "none" }
                    },
                    "production": {
                      "allowDifferentArtifact": true,
                      "health": {
                        "url": "https://api.example.com/health",
                        "identity": { "header": "x-version" }
                      }
                    }
                  }
                }
              }
            }
            """);

    DirkConfig read = DirkConfig.read(file);

    DirkConfig made =
        DirkConfig.of(
                ServiceConfig.of(
                        "api",
                        root.resolve("api"),
                        ProviderConfig.of("cloudflare").with("account", "a"),
                        Examples.production().allowingDifferentArtifact())
                    .withVersion(new VersionRule.Git())
                    .withTest(CommandConfig.of("npm", "test").withTimeout(Duration.ofSeconds(30)))
                    .withBuild(CommandConfig.of("npm", "run", "build"))
                    .withProbe(ProviderConfig.of("grpc"))
                    .withStaging(
                        EnvironmentConfig.of(
                            HealthConfig.of(
                                Endpoint.of(
                                    URI.create("https://staging.example.com/"),
                                    new IdentityRule.None())))))
            .withContext(
                ContextRules.of(root, List.of("docs/a.md"), List.of("docs/b")).withFileLimit(1000))
            .withJournal(root.resolve("journal"));
    assertThat(read)
        .usingRecursiveComparison()
        .ignoringFields("source")
        .withEqualsForType(ProviderConfig::equals, ProviderConfig.class)
        .isEqualTo(made);
  }

  @Test
  void findsAServiceInItsEnvironments() {
    ServiceConfig service = service("api").withStaging(Examples.production());

    assertThat(DirkConfig.of(service).service("api")).isEqualTo(service);
    assertThat(service.environment(Environment.PRODUCTION)).isPresent();
    assertThat(service.environment(Environment.STAGING)).isPresent();
    assertThat(service.environment(new Environment("preview"))).isEmpty();
  }

  @Test
  void guessesWhichServiceWasMeant() {
    DirkConfig config = DirkConfig.of(service("api"), service("mcp-server"));

    assertThatThrownBy(() -> config.service("mcp-sevrer"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "there is no service mcp-sevrer; there are: api, mcp-server; did you mean mcp-server?");
  }

  @Test
  void warnsOfWhatIsAllowedButRisky() {
    ServiceConfig unproven =
        ServiceConfig.of(
            "api",
            folder.toAbsolutePath(),
            ProviderConfig.of("cloudflare"),
            EnvironmentConfig.of(
                HealthConfig.of(
                    Endpoint.of(URI.create("https://example.com/"), new IdentityRule.None()))));

    assertThat(DirkConfig.of(unproven).warnings())
        .containsExactly(
            "api has no staging: a deploy goes straight to production",
            "api has no tests: a deploy runs none",
            "api cannot tell its version: its gates do not prove that the new one answers");
  }

  @Test
  void refusesNonsenseByName() {
    Path relative = Path.of("here");
    ServiceConfig service = service("api");

    assertThatIllegalArgumentException()
        .isThrownBy(DirkConfig::of)
        .withMessageContaining("services");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DirkConfig.of(service, service))
        .withMessageContaining("two services are called api");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DirkConfig.of(service).withJournal(relative))
        .withMessageContaining("journal must be absolute");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service("A/B"))
        .withMessageContaining("name must be");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandConfig.of(" "))
        .withMessageContaining("run must name a program");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandConfig.of("npm").withTimeout(Duration.ZERO))
        .withMessageContaining("timeout must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> CommandConfig.of("npm").withEnvironment(Map.of("A=B", new Variable.Plain(""))))
        .withMessageContaining("the name of a variable");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VersionRule.Text("two\nlines"))
        .withMessageContaining("one line");
  }

  private ServiceConfig service(String name) {
    return ServiceConfig.of(
        name, folder.toAbsolutePath(), ProviderConfig.of("cloudflare"), Examples.production());
  }
}
