package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build tool wrote is deployed instead of what its user wrote. */
class RedirectTest {

  @TempDir private Path folder;

  @BeforeEach
  void build() throws IOException {
    write("wrangler.jsonc", "{\"name\": \"shop\", \"main\": \"src/index.ts\"}");
    write(".wrangler/deploy/config.json", "{\"configPath\": \"../../dist/wrangler.json\"}");
    write("dist/main.js", "export default {};");
    built("");
  }

  @Test
  void readsWhatTheBuildWroteAndItsFilesBesideIt() {
    WranglerProject project = project(Optional.empty());

    assertThat(project.name()).isEqualTo("shop-built");
    assertThat(project.modules()).extracting(ModuleFile::name).containsExactly("main.js");
  }

  @Test
  void isForTheEnvironmentThatWasBuiltAndAddsNothingToTheName() throws IOException {
    built(
        ", \"topLevelName\": \"shop\", \"definedEnvironments\": [\"live\"],"
            + " \"targetEnvironment\": \"live\", \"legacy_env\": true, \"userConfigPath\": \"x\"");

    WranglerProject project = project(Optional.of("live"));

    assertThat(project.name()).isEqualTo("shop-built");
    assertThat(project.tags()).containsExactly("cf:service=shop", "cf:environment=live");
    assertThat(project.warnings()).isEmpty();
    assertThat(WranglerFile.in(folder).declares("live")).isTrue();
    assertThat(WranglerFile.in(folder).declares("trial")).isFalse();
  }

  @Test
  void refusesAnEnvironmentThatWasNotBuilt() throws IOException {
    built(", \"targetEnvironment\": \"live\"");

    assertThatThrownBy(() -> project(Optional.of("trial")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("was built for the environment live and not for trial");
  }

  @Test
  void refusesEnvironmentsInWhatWasBuilt() throws IOException {
    built(", \"env\": {\"live\": {}}");

    assertThatThrownBy(() -> project(Optional.empty()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("has environments");
  }

  @Test
  void saysWhatToDoWhereTheBuildIsGone() throws IOException {
    Files.delete(folder.resolve("dist/wrangler.json"));

    assertThatThrownBy(() -> project(Optional.empty()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("build the project again");

    write(".wrangler/deploy/config.json", "{}");

    assertThatThrownBy(() -> project(Optional.empty()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("names no file in \"configPath\"");
  }

  @Test
  void readsTheFileThatIsAskedForByName() {
    assertThat(WranglerFile.at(folder.resolve("wrangler.jsonc")).worker(Optional.empty()))
        .isEqualTo("shop");
  }

  private WranglerProject project(Optional<String> environment) {
    return WranglerFile.in(folder).project(environment);
  }

  private void built(String more) throws IOException {
    write(
        "dist/wrangler.json",
        "{\"name\": \"shop-built\", \"main\": \"main.js\", \"no_bundle\": true,"
            + " \"compatibility_date\": \"2026-01-01\""
            + more
            + "}");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
