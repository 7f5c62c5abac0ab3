package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that the sandbox started outlives its JVM, however that ends. */
@EnabledOnOs(OS.LINUX)
class EndedJvmIT {

  @TempDir private Path temporary;

  /** A terminal sends the signal to all processes at once, the guards of workerd included. */
  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void aTerminalsSignalLeavesNeitherProcessesNorFiles(String signal) throws Exception {
    Process serving = serve();
    List<ProcessHandle> started = serving.descendants().toList();

    send(signal, serving);

    assertThat(serving.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(started).isNotEmpty().allSatisfy(EndedJvmIT::assertEnds);
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("dirk-sandbox"));
    }
  }

  @Test
  void aKilledJvmLeavesNoProcess() throws Exception {
    Process serving = serve();
    List<ProcessHandle> started = serving.descendants().toList();

    serving.destroyForcibly();

    assertThat(started).isNotEmpty().allSatisfy(EndedJvmIT::assertEnds);
  }

  /**
   * Starts it in a session of its own that heeds all signals, as a terminal does; a build in the
   * background ignores INT, and so would all that it starts.
   */
  private Process serve() throws IOException {
    Process serving =
        new ProcessBuilder(
                "env",
                "--default-signal",
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                ServingJvm.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(serving.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("serving 1");
    return serving;
  }

  private static void send(String signal, Process serving) throws Exception {
    new ProcessBuilder("kill", "-" + signal, "--", "-" + serving.pid()).start().waitFor();
  }

  /** A zombie that nobody waits for has ended too; it has no command any more. */
  private static void assertEnds(ProcessHandle process) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (isRunning(process) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(isRunning(process)).as(process.info().toString()).isFalse();
  }

  private static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
