package nl.praatmetjeboekhouding.dirk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnProviderTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private Path project;
  private Path releases;
  private Path live;

  @BeforeEach
  void setUp() {
    project = folder.resolve("project");
    releases = folder.resolve("releases");
    live = releases.resolve("site/production/current");
  }

  @Test
  void aReleaseIsServedThroughTheSymlink() throws IOException {
    write("health.json", "{ \"version\": \"1\" }");
    write("pages/index.html", "<p>Welcome</p>");

    RunReport report = deploy();

    assertThat(report.outcome()).as(report.summary()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(live.resolve("pages/index.html")).hasContent("<p>Welcome</p>");
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("\"status\" : \"complete\"");
  }

  @Test
  void aSickReleaseIsPutAway() throws IOException {
    write("health.json", "{ \"version\": \"1\" }");
    deploy();
    write("health.json", "{ \"version\": \"2\", \"status\": \"fail\" }");

    RunReport report = deploy();

    assertThat(report.outcome()).as(report.summary()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(live.resolve("health.json")).content().contains("\"1\"");
  }

  private RunReport deploy() throws IOException {
    try (WebServer server = WebServer.of(live)) {
      return OwnProvider.deploy(project, releases, server.at("/health.json"), out);
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve("public").resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }
}
