package nl.praatmetjeboekhouding.dirk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.catalog.CheckedSettings;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProviderConfigTest {

  private static final SecretsLookup NONE = name -> Optional.empty();

  @TempDir private Path folder;

  @Test
  void givesAProviderItsSettings() {
    CheckedSettings settings =
        ProviderConfig.of("x")
            .with("account", "abc")
            .with("api", "https://api.example.com/v4")
            .with("wait", "90s")
            .with("dry", true)
            .with("limit", 64)
            .with("environments", Map.of("production", ""))
            .settings(NONE);

    assertThat(settings.required("account")).isEqualTo("abc");
    assertThat(settings.uri("api")).contains(URI.create("https://api.example.com/v4"));
    assertThat(settings.duration("wait")).contains(Duration.ofSeconds(90));
    assertThat(settings.flag("dry")).contains(true);
    assertThat(settings.number("limit")).contains(64L);
    assertThat(settings.texts("environments")).containsExactly(Map.entry("production", ""));
    assertThat(settings.text("region")).isEmpty();
    assertThat(settings.texts("labels")).isEmpty();
    assertThat(settings.wrong()).isEmpty();
    assertThat(settings.unread()).isEmpty();
  }

  @Test
  void tellsEverySettingThatIsWrongAndWhereItStands() throws IOException {
    CheckedSettings settings =
        read(
            """
            {
              "account": 5,
              "api": "https://me:s3cret@example.com",
              "wait": "s3cret",
              "dry": "s3cret",
              "limit": 1.5,
              "environments": { "production": 1, "staging": "${env:S3CRET}" }
            }
            """);

    assertThat(settings.uri("api")).isEmpty();
    assertThat(settings.duration("wait")).isEmpty();
    assertThat(settings.flag("dry")).isEmpty();
    assertThat(settings.number("limit")).isEmpty();
    assertThat(settings.texts("environments")).isEmpty();

    assertThatThrownBy(() -> settings.required("account"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "settings.account must be text, not a number",
            "settings.api must be an absolute URI without user name and password",
            "settings.wait must be a duration such as",
            "settings.dry must be true or false, not text",
            "settings.limit must be a whole number",
            "settings.environments.production must be text, not a number",
            "settings.environments.staging must be the text itself")
        .message()
        .doesNotContain("s3cret")
        .satisfies(
            message -> assertThat(message.lines()).allMatch(line -> line.contains(".jsonc:")));
  }

  @Test
  void tellsWhatNobodyAskedForAndGuessesWhatWasMeant() {
    CheckedSettings settings =
        ProviderConfig.of("x").with("acount", "abc").with("zebra", true).settings(NONE);

    assertThat(settings.text("account")).isEmpty();

    assertThat(settings.unread())
        .extracting(Fault::toString)
        .containsExactly(
            "provider x: settings.acount is unknown; did you mean account?",
            "provider x: settings.zebra is unknown");
  }

  @Test
  void guessesWhichSettingIsMeantToBeTheOneThatIsMissing() {
    CheckedSettings settings = ProviderConfig.of("x").with("tokn", "${env:T}").settings(NONE);

    assertThatThrownBy(() -> settings.requiredSecret("token"))
        .hasMessage(
            "provider x: settings.token is missing: write ${env:NAME}; is tokn meant to be it?");
  }

  @Test
  void isTheSameWhereverItIsWritten() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("dirk.jsonc"),
            Runbook.LEAST
                .with("/services/api/deployer/settings", "{ \"a\": \"b\", \"c\": 1 }")
                .text());

    ProviderConfig read = DirkConfig.read(file).service("api").deployer();

    ProviderConfig made = ProviderConfig.of("cloudflare").with("a", "b").with("c", 1);
    assertThat(read).isEqualTo(made).hasSameHashCodeAs(made);
    assertThat(read).isNotEqualTo(made.with("c", 2)).isNotEqualTo(ProviderConfig.of("cloudflare"));
  }

  private CheckedSettings read(String settings) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("dirk.jsonc"),
            Runbook.LEAST.with("/services/api/deployer/settings", settings).text());
    return DirkConfig.read(file).service("api").deployer().settings(NONE);
  }
}
