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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A build tool made a wrangler file, and says so beside the one that a person wrote. */
final class RedirectTest {

  @TempDir private Path folder;

  @BeforeEach
  void writeWhatAPersonWrote() throws IOException {
    write("wrangler.jsonc", "{\"name\": \"shop\", \"main\": \"src/not-built.ts\"}");
    write("out/server/start.js", "export default {}");
    write(".wrangler/deploy/config.json", "{\"configPath\": \"../../out/server/wrangler.json\"}");
  }

  @Test
  void leadsToTheFileThatTheBuildMadeAndToTheModulesBesideIt() throws IOException {
    make("");

    WranglerProject project = WranglerFile.in(folder).project(Optional.empty());

    assertThat(project.name()).isEqualTo("shop-built");
    assertThat(project.modules())
        .containsExactly(
            new ModuleFile(
                "start.js", ModuleType.ES_MODULE, folder.resolve("out/server/start.js")));
    assertThat(project.tags()).isEmpty();
    assertThat(project.warnings()).isEmpty();
  }

  @Test
  void countsWithoutAFileOfAPerson() throws IOException {
    make("");
    Files.delete(folder.resolve("wrangler.jsonc"));

    assertThat(WranglerFile.isIn(folder)).isTrue();
    assertThat(WranglerFile.in(folder).worker(Optional.empty())).isEqualTo("shop-built");
  }

  @Test
  void doesNotCountForAFileThatSomebodyNames() throws IOException {
    make("");

    assertThat(WranglerFile.at(folder.resolve("wrangler.jsonc")).worker(Optional.empty()))
        .isEqualTo("shop");
  }

  @Test
  void putsNoEnvironmentBehindTheNameAndTellsItsTags() throws IOException {
    make(
        ", \"topLevelName\": \"shop\", \"definedEnvironments\": [\"live\", \"trial\"],"
            + " \"targetEnvironment\": \"trial\", \"legacy_env\": true");

    WranglerProject project = WranglerFile.in(folder).project(Optional.of("trial"));

    assertThat(project.name()).isEqualTo("shop-built");
    assertThat(project.tags()).containsExactly("cf:service=shop", "cf:environment=trial");
    assertThat(project.warnings()).isEmpty();
  }

  @Test
  void isRefusedForAnotherEnvironmentThanItWasMadeFor() throws IOException {
    make(", \"targetEnvironment\": \"trial\"");
    WranglerFile file = WranglerFile.in(folder);

    assertThat(file.declares("trial")).isTrue();
    assertThat(file.declares("live")).isFalse();
    assertThatThrownBy(() -> file.project(Optional.of("live")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("was made for the environment trial")
        .hasMessageContaining("build for live first");
  }

  @Test
  void isForAnyEnvironmentIfItNamesNone() throws IOException {
    make("");

    assertThat(WranglerFile.in(folder).declares("live")).isTrue();
    assertThat(WranglerFile.in(folder).worker(Optional.of("live"))).isEqualTo("shop-built");
  }

  @Test
  void isRefusedIfItDeclaresEnvironments() throws IOException {
    make(",\n \"env\": {\"live\": {}}");

    assertThatThrownBy(() -> WranglerFile.in(folder))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("wrangler.json:2:")
        .hasMessageContaining("mend the tool that made it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"configPath\": 7}", "{\"configPath\": \"\"}"})
  void isRefusedIfItLeadsNowhere(String word) throws IOException {
    write(".wrangler/deploy/config.json", word);

    assertThatThrownBy(() -> WranglerFile.in(folder))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(Path.of(".wrangler", "deploy", "config.json").toString())
        .hasMessageContaining("build again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gone.json", "\\u0000", "../../../../.."})
  void isRefusedIfWhatItNamesIsNotThere(String name) throws IOException {
    write(".wrangler/deploy/config.json", "{\"configPath\": \"" + name + "\"}");

    assertThatThrownBy(() -> WranglerFile.in(folder))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("which is not there; build again, or take");
  }

  @Test
  void isThereThoughItLeadsNowhereAndHindersNoFileThatSomebodyNames() throws IOException {
    write(".wrangler/deploy/config.json", "{}");

    assertThat(WranglerFile.isIn(folder)).isTrue();
    assertThat(WranglerFile.at(folder.resolve("wrangler.jsonc")).worker(Optional.empty()))
        .isNotEmpty();
  }

  private void make(String more) throws IOException {
    write(
        "out/server/wrangler.json",
        "{\"name\": \"shop-built\", \"main\": \"start.js\", \"no_bundle\": true,"
            + " \"compatibility_date\": \"2026-03-01\", \"configPath\": \"/home/wrangler.json\","
            + " \"userConfigPath\": \"/home/wrangler.jsonc\""
            + more
            + "}");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
