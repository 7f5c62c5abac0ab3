package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class PagesFileTest {

  @TempDir private Path folder;

  @Test
  void tellsTheProjectTheFolderAndTheHashOfTheFile() throws IOException {
    String text =
        """
        { // comments count for the hash too
          "name": "site",
          "pages_build_output_dir": "./dist/site",
          "vars": {"A": "1"},
          "env": {"preview": {"vars": {"A": "2"}}}
        }
        """;

    PagesFile file = read(text).orElseThrow();

    assertThat(file.project()).isEqualTo("site");
    assertThat(file.output()).isEqualTo("dist/site");
    assertThat(file.hash()).isEqualTo(Digest.of(text.getBytes(UTF_8)).hex());
    assertThat(file.warnings()).isEmpty();
  }

  @Test
  void isNothingWhereNoFileSpeaksOfPages() throws IOException {
    assertThat(PagesFile.in(folder)).isEmpty();
    assertThat(read("{\"name\": \"worker\", \"main\": \"index.js\"}")).isEmpty();
  }

  @Test
  void namesAllThatIsWrongAtOnceWithItsPlace() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    {
                      "pages_build_output_dir": "dist",
                      "main": "index.js",
                      "account_id": "abc",
                      "routes": [],
                      "queues": {"consumers": [{"queue": "q"}]},
                      "durable_objects": {"bindings": [{"name": "A", "class_name": "A"}]},
                      "env": {"staging": {}, "preview": {"triggers": {"crons": ["* * * * *"]}}}
                    }
                    """))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("has no \"name\": which Pages project is it?")
        .hasMessageContaining(":3:")
        .hasMessageContaining("\"main\" is the script of a Worker")
        .hasMessageContaining("\"account_id\" is not for Pages")
        .hasMessageContaining("\"queues.consumers\" is not for Pages")
        .hasMessageContaining("\"script_name\" is missing")
        .hasMessageContaining("Pages has no environment staging")
        .hasMessageContaining("\"triggers\" is not for Pages")
        .message()
        .doesNotContain("\"routes\"");
  }

  @Test
  void warnsOfWhatNobodyKnows() throws IOException {
    assertThat(
            read("{\"name\": \"site\", \"pages_build_output_dir\": \"dist\", \"colour\": 1}")
                .orElseThrow()
                .warnings())
        .hasSize(1)
        .first()
        .asString()
        .contains("\"colour\" is unknown and was ignored");
  }

  @Test
  void readsToml() throws IOException {
    Files.writeString(
        folder.resolve("wrangler.toml"), "name = \"site\"\npages_build_output_dir = \"out\"\n");

    assertThat(PagesFile.in(folder).map(PagesFile::output)).contains("out");
  }

  @Test
  void followsTheFileThatABuildToolMadeAndNamesTheFolderAsSeenFromTheProject() throws IOException {
    String made = "{\"name\": \"made\", \"pages_build_output_dir\": \"client\"}";
    Files.createDirectories(folder.resolve("dist"));
    Files.writeString(folder.resolve("dist/wrangler.json"), made);
    Files.createDirectories(folder.resolve(".wrangler/deploy"));
    Files.writeString(
        folder.resolve(".wrangler/deploy/config.json"),
        "{\"configPath\": \"../../dist/wrangler.json\"}");

    PagesFile file = read("{\"name\": \"own\", \"pages_build_output_dir\": \"out\"}").orElseThrow();

    assertThat(file.project()).isEqualTo("made");
    assertThat(file.folder()).isEqualTo(folder);
    assertThat(file.output()).isEqualTo("dist/client");
    assertThat(file.hash()).isEqualTo(Digest.of(made).hex());
    assertThat(PagesFile.at(folder)).isEqualTo(file);
    assertThat(PagesFile.ownIn(folder).map(PagesFile::project)).contains("own");
  }

  @Test
  void isNothingWhereWhatABuildToolMadeIsNotForPages() throws IOException {
    Files.createDirectories(folder.resolve(".wrangler/deploy"));
    Files.writeString(
        folder.resolve(".wrangler/deploy/config.json"), "{\"configPath\": \"made.json\"}");
    Files.writeString(folder.resolve(".wrangler/deploy/made.json"), "{\"name\": \"worker\"}");

    assertThat(read("{\"name\": \"own\", \"pages_build_output_dir\": \"out\"}")).isEmpty();
  }

  /** A pipe gives what it has once, so that reading it again would wait without end. */
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @DisabledOnOs(OS.WINDOWS)
  void readsItsFileOnceSoThatTheHashIsOfWhatWasUnderstood() throws Exception {
    Path pipe = folder.resolve("wrangler.toml");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    String text = "name = \"site\"\npages_build_output_dir = \"out\"\n";
    CompletableFuture<Path> written =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.writeString(pipe, text);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    PagesFile file = PagesFile.at(pipe);

    assertThat(file.hash()).isEqualTo(Digest.of(text).hex());
    assertThat(written.join()).isEqualTo(pipe);
  }

  private Optional<PagesFile> read(String text) throws IOException {
    Files.writeString(folder.resolve("wrangler.jsonc"), text);
    return PagesFile.in(folder);
  }
}
