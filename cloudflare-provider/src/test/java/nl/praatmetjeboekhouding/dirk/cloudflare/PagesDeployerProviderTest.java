package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesDeployerProviderTest {

  @TempDir private Path folder;
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));

  @Test
  void asksWithAGlobalKeyInsteadOfAToken() throws IOException {
    Files.writeString(
        folder.resolve("wrangler.json"),
        "{\"name\": \"site\", \"pages_build_output_dir\": \"dist\"}");
    try (RecordingApi api = new RecordingApi();
        Deployer deployer = create(api)) {
      api.gives(
          "GET /accounts/acc/pages/projects/site",
          "{\"name\":\"site\",\"canonical_deployment\":null}");

      Optional<Deployment> unused =
          deployer.active(new Target("site", Environment.PRODUCTION), call);

      assertThat(api.asked())
          .isNotEmpty()
          .allSatisfy(
              asked -> {
                assertThat(asked.headers().get("X-auth-key")).containsExactly("s3cret");
                assertThat(asked.headers().get("X-auth-email")).containsExactly("dev@example.com");
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "next", "99999999999"})
  void refusesACursorThatItDidNotGive(String cursor) throws IOException {
    Files.writeString(
        folder.resolve("wrangler.json"),
        "{\"name\": \"site\", \"pages_build_output_dir\": \"dist\"}");
    try (RecordingApi api = new RecordingApi();
        Deployer deployer = create(api)) {
      Target production = new Target("site", Environment.PRODUCTION);

      ProviderException refused =
          catchThrowableOfType(
              ProviderException.class,
              () -> deployer.deployments(production, Optional.of(cursor), call));

      assertThat(refused.kind()).isEqualTo(FailureKind.INVALID);
      assertThat(api.lines()).isEmpty();
    }
  }

  private Deployer create(RecordingApi api) {
    ProviderConfig config =
        ProviderConfig.of("cloudflare-pages")
            .with("globalKey", "${env:CF_KEY}")
            .with("email", "dev@example.com")
            .with("account", "acc")
            .with("api", api.uri().toString());
    return new PagesDeployerProvider()
        .create(
            new ProviderContext(
                "site",
                folder,
                config.settings(name -> Optional.of("s3cret")),
                ManualTime.create()));
  }
}
