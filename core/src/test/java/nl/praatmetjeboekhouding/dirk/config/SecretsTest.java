package nl.praatmetjeboekhouding.dirk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.catalog.CheckedSettings;
import nl.praatmetjeboekhouding.dirk.command.Command;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {

  private static final String VALUE = "hunter2-hunter2";

  @TempDir private Path folder;

  @Test
  void looksASecretUpEachTimeItIsUsed() {
    List<String> values = new ArrayList<>(List.of("first", "second"));
    Secret token =
        ProviderConfig.of("cloudflare")
            .with("token", "${env:TOKEN}")
            .settings(name -> Optional.of(values.remove(0)))
            .requiredSecret("token");

    assertThat(token.name()).isEqualTo("TOKEN");
    assertThat(token.reveal()).isEqualTo("first");
    assertThat(token.reveal()).isEqualTo("second");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        VALUE,
        "Bearer ${env:TOKEN}",
        "${env:TOKEN} ",
        "${env:}",
        "${env:A-B}",
        "${TOKEN}",
        "$TOKEN",
        ""
      })
  void refusesWhatIsNotTheNameOfASecret(String written) throws IOException {
    CheckedSettings settings = settings("\"" + written + "\"");

    assertThatThrownBy(() -> settings.requiredSecret("token"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("dirk.jsonc:8:")
        .hasMessageContaining(
            "services.api.deployer.settings.token must be ${env:NAME}, for it is a secret: its"
                + " value may not stand in a file")
        .message()
        .doesNotContain(VALUE);
  }

  @Test
  void neverShowsALiteralValue() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("dirk.jsonc"),
            Runbook.LEAST
                .with("/services/api/deployer/settings", "{ \"token\": \"" + VALUE + "\" }")
                .with("/services/api/test", "{ \"run\": [\"npm\"] }")
                .with("/services/api/test/environment", "{ \"NPM_TOKEN\": \"" + VALUE + "\" }")
                .text());

    DirkConfig config = DirkConfig.read(file);

    assertThat(config.toString()).contains("NPM_TOKEN").doesNotContain(VALUE);
    assertThat(String.valueOf(config.service("api").test().orElseThrow().environment()))
        .doesNotContain(VALUE);
    assertThat(config.warnings())
        .contains(
            "api.test.environment.NPM_TOKEN is called like a secret, but stands in the file:"
                + " write ${env:NPM_TOKEN}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/services/api/project",
        "/services/api/deployer/provider",
        "/services/api/environments/production/health/url",
        "/services/api/environments/production/health/identity/header",
        "/context/files",
        "/services/api/test"
      })
  void refusesASecretWhereNoneIsAskedFor(String pointer) throws IOException {
    boolean list = pointer.endsWith("files") || pointer.endsWith("test");
    String secret = "\"${env:TOKEN}\"";
    Path file =
        Files.writeString(
            folder.resolve("dirk.jsonc"),
            Runbook.LEAST.with(pointer, list ? "[" + secret + "]" : secret).text());

    assertThatThrownBy(() -> DirkConfig.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("secret");
  }

  @Test
  void refusesASecretThatHasTextAroundItInACommand() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("dirk.jsonc"),
            Runbook.LEAST
                .with(
                    "/services/api/test",
                    "{ \"run\": [\"npm\"], \"environment\": { \"A\": \"x${env:B}\" } }")
                .text());

    assertThatThrownBy(() -> DirkConfig.read(file))
        .hasMessageContaining(
            "services.api.test.environment.A must be ${env:NAME} and nothing around it");
  }

  @Test
  void givesACommandWhatItIsToldTo() {
    Command command =
        CommandConfig.of("npm")
            .withEnvironment(
                Map.of("CI", new Variable.Plain("true"), "KEY", new Variable.FromSecret("VAULT")))
            .in(folder, name -> Optional.of(name + " value"));

    assertThat(command.environment()).containsExactly(Map.entry("CI", "true"));
    assertThat(command.secrets().keySet()).containsExactly("KEY");
    assertThat(command.secrets().values())
        .singleElement()
        .extracting(Secret::reveal)
        .isEqualTo("VAULT value");
  }

  @Test
  void namesEverySecretThatIsMissingAndWhereItIsNamed() {
    DirkConfig config =
        DirkConfig.of(
            service("api").withTest(reading("GONE")).withBuild(reading("EMPTY")),
            service("shop").withTest(reading("GONE")).withBuild(reading("BROKEN")));

    List<Fault> missing =
        config.missingSecrets(
            name ->
                switch (name) {
                  case "TOKEN" -> Optional.of(VALUE);
                  case "EMPTY" -> Optional.of("");
                  case "BROKEN" -> throw new IllegalStateException("the vault\nis sealed");
                  default -> Optional.empty();
                });

    assertThat(missing)
        .extracting(Fault::message)
        .containsExactly(
            "the secret BROKEN could not be looked up: java.lang.IllegalStateException: the vault"
                + "\\u000Ais sealed; it is named by services.shop.build.environment.KEY",
            "the secret EMPTY is set to an empty text; it is named by"
                + " services.api.build.environment.KEY",
            "the secret GONE is not set; it is named by services.api.test.environment.KEY and"
                + " services.shop.test.environment.KEY");
  }

  @Test
  void namesEachSecretOnce() {
    DirkConfig config = DirkConfig.of(service("api").withTest(reading("TOKEN")), service("shop"));

    assertThat(config.secrets(name -> Optional.of(VALUE)))
        .extracting(Secret::name)
        .containsExactly("TOKEN");
    assertThat(config.secrets(name -> Optional.of(VALUE)).toString()).doesNotContain(VALUE);
  }

  @Test
  void saysThatASecretIsGoneWhenItIsUsed() {
    Secret secret =
        ProviderConfig.of("x")
            .with("token", "${env:TOKEN}")
            .settings(name -> Optional.empty())
            .requiredSecret("token");

    ConfigurationException thrown =
        catchThrowableOfType(ConfigurationException.class, secret::reveal);

    assertThat(thrown).hasMessageContaining("the secret TOKEN is not set");
  }

  private CheckedSettings settings(String token) throws IOException {
    String text =
        Runbook.LEAST
            .with("/services/api/deployer/settings", "{ \"token\": " + token + " }")
            .text();
    Path file = Files.writeString(folder.resolve("dirk.jsonc"), text);
    return DirkConfig.read(file).service("api").deployer().settings(name -> Optional.of(VALUE));
  }

  private static CommandConfig reading(String secret) {
    return CommandConfig.of("npm").withEnvironment(Map.of("KEY", new Variable.FromSecret(secret)));
  }

  private ServiceConfig service(String name) {
    return ServiceConfig.of(
        name,
        folder.toAbsolutePath(),
        ProviderConfig.of("cloudflare").with("token", "${env:TOKEN}"),
        Examples.production());
  }
}
