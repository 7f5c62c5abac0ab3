package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import javax.sql.DataSource;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.testing.ScriptedProbe;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deploy whose journal is in PostgreSQL, as a tool does it that embeds Dirk. */
class OpeningTest {

  @TempDir private Path folder;

  private final ManualTime time = ManualTime.startingAt(Instant.now());
  private final InMemoryDeployer vendor =
      InMemoryDeployer.of(InMemoryDeployer.Shape.SPLITTING, time).building("one");

  @Test
  void deploysAndTellsAnotherMachineWhatCameOfIt() throws Exception {
    Postgres.shared().run("DROP SCHEMA IF EXISTS dirk CASCADE");
    RunReport report;
    try (Dirk dirk = open(builder(), Postgres.sharedPool())) {
      report = dirk.deploy(DeployRequest.of("api").taskId("t-1"));
    }

    RunReport again;
    try (Dirk dirk = open(builder(), Postgres.shared().dataSource())) {
      again = dirk.deploy(DeployRequest.of("api").taskId("t-1"));
    }

    assertThat(report.outcome()).as(report.summary()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(again).isEqualTo(report);
  }

  // snippet: open
  static Dirk open(Dirk.Builder builder, DataSource dataSource) {
    Journal journal = JdbcJournal.open(dataSource, TimeSource.system());
    return builder.journal(journal).open();
  }

  // end

  private Dirk.Builder builder() throws IOException {
    Files.writeString(folder.resolve("package.json"), "{\"version\": \"0.2.1\"}");
    Path file = folder.resolve("dirk.jsonc");
    Files.writeString(
        file,
        """
        {
          "services": {
            "api": {
              "project": ".",
              "build": ["sh", "-c", "echo built"],
              "deployer": { "provider": "memory" },
              "probe": { "provider": "scripted" },
              "environments": {
                "production": { "health": { "url": "https://api.example.com/health",
                                            "identity": { "pointer": "/version" } } }
              }
            }
          }
        }
        """);
    ScriptedProbe probe =
        ScriptedProbe.healthy(
            time, endpoint -> vendor.serving(new Target("api", Environment.PRODUCTION)));
    return Dirk.builder()
        .file(file)
        .time(time)
        .provider(vendor.provider("memory"))
        .provider(probe.provider("scripted"));
  }
}
