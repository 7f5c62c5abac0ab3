package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where the recordings of the real wrangler lie beside the checkout, Dirk's requests are compared
 * with them.
 */
class WireParityIT {

  private static final Path NAMED = Path.of(System.getProperty("wire.home")).normalize();
  private static final Path HOME = Oracle.home(NAMED, Path.of("")).orElse(NAMED);

  @TempDir private Path out;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deploy-minimal-new",
        "deploy-minimal-update",
        "deploy-toml",
        "deploy-env-staging",
        "deploy-env-none",
        "deploy-three-bindings-cron-route",
        "rollback-id",
        "rollback-default",
        "deployments-list"
      })
  void changesWhatWranglerChanges(String name) throws IOException {
    assumeTrue(
        Files.isDirectory(HOME.resolve("golden")),
        () -> "there are no recordings of the real wrangler in " + NAMED + " (-Dwire.home=FOLDER)");
    assumeTrue(Tool.isThere("node"), "node is missing, which runs the recording API");
    Scenario scenario = new Scenario(HOME.resolve("scenarios").resolve(name));
    Path permitted = Path.of("src/test/wire-permitted.json").toAbsolutePath();

    Outcome outcome =
        new ScenarioRun(HOME.resolve("recorder.mjs"), out, new Build(Path.of(""))).run(scenario);

    assertThat(outcome.steps()).allMatch(Outcome.Step::understood);
    assertThat(outcome.steps()).allMatch(step -> step.exit() == step.expected());
    Parity.Compared compared =
        new Parity(HOME.resolve("parity.mjs"), HOME.resolve("golden"), permitted)
            .compare(out, List.of(name));
    assertThat(compared.equal()).as(compared.output()).isTrue();
  }
}
