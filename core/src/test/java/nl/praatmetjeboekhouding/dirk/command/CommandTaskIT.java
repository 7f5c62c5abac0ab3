package nl.praatmetjeboekhouding.dirk.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real npm, and with more output than there is memory. */
final class CommandTaskIT {

  @TempDir private Path folder;
  private final List<String> lines = new ArrayList<>();
  private final Cancellation cancellation = Cancellation.create();

  @Test
  void holdsNoMoreThanTheLastLinesOfAFlood() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process small =
        new ProcessBuilder(
                java,
                "-Xmx24m",
                "-cp",
                System.getProperty("java.class.path"),
                Flood.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("told").toFile())
            .start();

    assertThat(small.waitFor(2, TimeUnit.MINUTES)).isTrue();

    assertThat(Files.readAllLines(folder.resolve("told")))
        .endsWith("true 1000000 lines, 20 kept", "true 1 lines, 1 kept");
  }

  @Test
  void runsAnNpmScript() throws Exception {
    assumeTrue(isThere("npm"), "npm is not installed");
    Files.writeString(
        folder.resolve("package.json"),
        "{\"scripts\": {\"test\": \"node -e \\\"console.log(6 * 7)\\\" && exit 0\"}}");

    Task.Worked worked =
        task(Command.of(folder, "npm", "run", "test")).run(lines::add, cancellation);

    assertThat(worked.succeeded()).isTrue();
    assertThat(lines).contains("42");
  }

  @Test
  void tellsWhyAnNpmScriptFailed() throws Exception {
    assumeTrue(isThere("npm"), "npm is not installed");
    Files.writeString(
        folder.resolve("package.json"),
        "{\"scripts\": {\"test\": \"echo expected 1 but was 2 && exit 7\"}}");

    Task.Worked worked =
        task(Command.of(folder, "npm", "run", "test")).run(lines::add, cancellation);

    assertThat(worked.detail()).contains("'npm run test' ended with exit 7");
    assertThat(worked.lastLines()).contains("expected 1 but was 2");
  }

  @Test
  void endsWhatAnNpmScriptStarted() throws Exception {
    assumeTrue(isThere("npm"), "npm is not installed");
    Files.writeString(
        folder.resolve("stay.js"),
        """
        require('fs').writeFileSync('pid', String(process.pid));
        console.log('up');
        setInterval(() => {}, 1000);
        """);
    Files.writeString(
        folder.resolve("package.json"), "{\"scripts\": {\"test\": \"node stay.js\"}}");

    Task.Worked worked =
        task(Command.of(folder, "npm", "run", "test")).run(this::hearAndStop, cancellation);

    assertThat(worked.stopped()).isTrue();
    assertThat(NotedProcess.hasEnded(folder.resolve("pid"))).isTrue();
  }

  private static CommandTask task(Command command) {
    return CommandTask.of(command, TimeSource.system(), List.of());
  }

  private void hearAndStop(String line) {
    if (line.equals("up")) {
      cancellation.detach("closing");
    }
  }

  private static boolean isThere(String program) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + program)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
