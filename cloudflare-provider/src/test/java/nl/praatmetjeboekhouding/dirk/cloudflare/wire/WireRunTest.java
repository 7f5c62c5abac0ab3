package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An odd scenario is told of and ends no other. */
class WireRunTest {

  @TempDir private Path folder;

  @BeforeEach
  void writeAProject() throws IOException {
    Files.writeString(
        folder.resolve("wrangler.jsonc"),
        "{\"name\": \"shop\", \"main\": \"index.js\", \"compatibility_date\": \"2026-03-01\"}");
    Files.write(folder.resolve("index.js"), new byte[] {'/', '/', (byte) 0xE9});
    Files.writeString(
        folder.resolve("nul.jsonc"),
        "{\"name\": \"shop\", \"main\": \"a\\u0000.js\", \"compatibility_date\": \"2026-03-01\"}");
  }

  @Test
  void goesOnAfterAScenarioThatCannotBeRun() throws IOException {
    WireRun.Runs runs =
        scenario -> {
          switch (scenario.name()) {
            case "a" -> throw new IOException("no disk");
            case "b" -> throw new IllegalStateException("no idea");
            default -> {
              return new Outcome(scenario.name(), List.of());
            }
          }
        };
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    new WireRun(runs, Optional.empty(), folder)
        .run(
            List.of(scenario("a"), scenario("b"), scenario("c")),
            new PrintStream(printed, true, StandardCharsets.UTF_8));

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("a step 1: ", "not understood: java.io.IOException: no disk")
        .contains("not understood: java.lang.IllegalStateException: no idea")
        .containsPattern("(?m)^c +0  no golden   as wrangler$")
        .contains("with a line that is not understood: 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wrangler rollback \"\" -y | true | version must be an id",
        "wrangler deploy | true | is not UTF-8",
        "wrangler deploy -c nul.jsonc | true | is no path",
        "wrangler secret bulk none.json | true | none.json",
        "cat none.json ! wrangler secret bulk | false | none.json"
      })
  void tellsWhatALineBrokeOn(String line, boolean understood, String said) {
    Commands commands =
        new Commands(
            folder,
            Map.of("CLOUDFLARE_API_TOKEN", "t", "CLOUDFLARE_ACCOUNT_ID", "acc"),
            URI.create("http://127.0.0.1:9"),
            new Build(folder));

    Outcome.Step step = ScenarioRun.step(commands, new Scenario.Line(line.replace('!', '|'), 1), 1);

    assertThat(step.exit()).isEqualTo(1);
    assertThat(step.understood()).isEqualTo(understood);
    assertThat(step.said()).contains(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "echo 'a b' ! wrangler x | a b~",
        "echo -n a ! wrangler x | a",
        "printf 'A=1\\nB=%s' 2 ! wrangler x | A=1~B=2",
        "echo \"a\\\"b\\c\" d\\ e ! wrangler x | a\"b\\c d e~",
        "cat in.txt ! wrangler x | from a file",
        "wrangler x < in.txt | from a file",
        "wrangler x | ^^"
      })
  void readsWhatIsPipedIn(String line, String input) throws Exception {
    Files.writeString(folder.resolve("in.txt"), "from a file");
    CommandLine project =
        new CommandLine(folder, Map.of(), URI.create("http://127.0.0.1:9"), new Build(folder));

    Piped piped = Piped.of(Words.pipelines(line.replace('!', '|')).get(0), project);

    assertThat(piped).isEqualTo(new Piped(List.of("wrangler", "x"), input.replace('~', '\n')));
  }

  @Test
  void changesFilesBetweenTheCommandsAsAShellDoes() throws IOException {
    Commands commands =
        new Commands(folder, Map.of(), URI.create("http://127.0.0.1:9"), new Build(folder));
    String line = "mkdir -p a/b && cp index.js a/b/c.js; mv nul.jsonc a; rm index.js";

    Outcome.Step done = ScenarioRun.step(commands, new Scenario.Line(line, 0), 1);
    Outcome.Step failed = ScenarioRun.step(commands, new Scenario.Line("rm none.txt", 1), 2);

    assertThat(done.exit()).isZero();
    assertThat(folder.resolve("a/b/c.js")).exists();
    assertThat(folder.resolve("a/nul.jsonc")).exists();
    assertThat(folder.resolve("index.js")).doesNotExist();
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.said()).contains("rm none.txt: ");
  }

  @Test
  void looksForTheRecorderBesideTheScenariosThenWhereTheBuildSaysThenAbove() throws IOException {
    Path module = Files.createDirectories(folder.resolve("clone/module"));
    Path home = Files.createDirectories(folder.resolve("home"));
    Path above = Files.createDirectories(folder.resolve("shared/wire"));
    Path judge = Files.createDirectories(folder.resolve("judge"));
    Path scenarios = Files.createDirectories(judge.resolve("cases"));
    Oracle oracle = Oracle.of(scenarios, home, module);

    assertThatThrownBy(() -> oracle.need("recorder.mjs", "wire.recorder=FILE"))
        .hasMessageContaining(judge.toString())
        .hasMessageContaining(home.toString())
        .hasMessageContaining("-Dwire.recorder=FILE");

    for (Path place : List.of(above, home, judge)) {
      Files.writeString(place.resolve("recorder.mjs"), "");
      assertThat(oracle.find("recorder.mjs")).contains(place.resolve("recorder.mjs"));
    }
  }

  private Scenario scenario(String name) {
    return new Scenario(folder.resolve(name));
  }
}
