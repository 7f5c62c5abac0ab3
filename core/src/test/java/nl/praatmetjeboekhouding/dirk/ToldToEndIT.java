package nl.praatmetjeboekhouding.dirk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import nl.praatmetjeboekhouding.dirk.journal.FileJournal;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that deploys gets SIGTERM, as from a container that stops, in the midst of its tests.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(120)
final class ToldToEndIT {

  private static final int TERMINATED = 128 + 15;

  @TempDir private Path folder;

  @ParameterizedTest(name = "closes its Dirk on the way out: {0}")
  @ValueSource(booleans = {true, false})
  void leavesARunThatSomebodyElseFinishes(boolean closes) throws Exception {
    ProcessHandle test = terminated(closes);

    try (FileJournal journal = FileJournal.open(folder.resolve("journal"), TimeSource.system())) {
      assertThat(journal.holder("run:t-1").isPresent())
          .as("who closes gives the lease back; otherwise it has to run out")
          .isEqualTo(!closes);
    }
    assertThat(finish().outcome()).isEqualTo(Outcome.SUCCEEDED);
    end(test);
  }

  @Test
  void endsItsTestsWhenItClosesItsDirk() throws Exception {
    assertThat(terminated(true).isAlive()).isFalse();
  }

  /** Decision 18: the library installs no hook, so that a tool which closes nothing leaves them. */
  @Test
  void leavesItsTestsRunningWhenItDoesNot() throws Exception {
    ProcessHandle test = terminated(false);

    assertThat(test.isAlive()).isTrue();
    end(test);
  }

  /** The tests of the process, which has ended. */
  private ProcessHandle terminated(boolean closes) throws Exception {
    Files.writeString(folder.resolve("test.sh"), "echo $$ > pid; exec sleep 300");
    Process tool = ToldToEnd.start(folder, closes);
    Path pid = folder.resolve("pid");
    while (tool.isAlive() && (!Files.exists(pid) || Files.readString(pid).isBlank())) {
      Thread.onSpinWait();
    }
    ProcessHandle test =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();

    tool.destroy();

    assertThat(tool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(tool.exitValue()).isEqualTo(TERMINATED);
    return test;
  }

  /** By somebody whose clock is past every lease. */
  private RunReport finish() throws Exception {
    Files.writeString(folder.resolve("test.sh"), "true");
    ManualTime later = ManualTime.startingAt(Instant.now().plus(Duration.ofMinutes(5)));
    try (Dirk dirk = ToldToEnd.open(folder, later)) {
      assertThat(dirk.openRuns()).hasSize(1);
      return dirk.resume().get(0);
    }
  }

  private static void end(ProcessHandle test) {
    Optional<ProcessHandle> left = Optional.of(test).filter(ProcessHandle::isAlive);
    left.ifPresent(process -> assertThat(process.destroyForcibly()).isTrue());
  }
}
