package nl.praatmetjeboekhouding.dirk.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that processes of their own write to, and are killed at. */
final class FileJournalProcessesIT {

  @TempDir private Path folder;

  @Test
  void sharesAFolderBetweenProcesses() throws Exception {
    Process one = Writer.start(folder, "one", 200);
    Process two = Writer.start(folder, "two", 200);

    drain(one);
    drain(two);

    assertThat(one.waitFor()).isZero();
    assertThat(two.waitFor()).isZero();
    try (FileJournal journal = FileJournal.open(folder, TimeSource.system())) {
      assertThat(journal.read("run:one", 1)).hasSize(200);
      assertThat(journal.read("run:two", 1)).hasSize(200);
    }
  }

  @Test
  void losesNoAcknowledgedEntryWhenItsWriterIsKilled() throws Exception {
    Random random = new Random(7);
    long acknowledged = 0;

    for (int round = 0; round < 25; round++) {
      Process writer = Writer.start(folder, "killed", Long.MAX_VALUE / 2);
      int killAfter = 1 + random.nextInt(40);
      try (BufferedReader out = reader(writer)) {
        for (int count = 0; count < killAfter; count++) {
          acknowledged = Long.parseLong(out.readLine());
        }
        assertThat(writer.toHandle().destroyForcibly()).isTrue();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          acknowledged = Long.parseLong(line);
        }
      }
      assertThat(writer.waitFor()).isNotZero();

      try (FileJournal journal = FileJournal.open(folder, TimeSource.system())) {
        assertThat(journal.read("run:killed", 1)).hasSizeGreaterThanOrEqualTo((int) acknowledged);
      }
    }

    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.startsWith("torn-"))
          .containsExactlyInAnyOrder("journal.log", "journal.lock", "used.lock");
    }
  }

  @Test
  void acknowledgesNoEntryBeforeTheDiskHasIt(@TempDir Path aside) throws Exception {
    assumeTrue(canTrace(), "this machine has no strace, or lets nobody use it");
    Path trace = aside.resolve("trace");
    String[] traced = {
      "strace", "-f", "-y", "-e", "trace=write,fsync,fdatasync", "-o", trace.toString()
    };

    Process writer = Writer.start(folder, "traced", 20, traced);
    drain(writer);

    assertThat(writer.waitFor()).isZero();
    assertThat(acknowledgedUnsynced(Files.readAllLines(trace))).isEmpty();
  }

  /** What a process said of its appends, each of which must come after a sync of what it wrote. */
  private static List<String> acknowledgedUnsynced(List<String> calls) {
    List<String> unsynced = new ArrayList<>();
    boolean isSynced = false;
    int acknowledged = 0;
    for (String call : calls) {
      if (call.contains(" write(") && call.contains("/journal.log>")) {
        isSynced = false;
      } else if (call.contains("sync") && call.endsWith("= 0")) {
        isSynced = true;
      } else if (call.matches("\\d+ +write\\(1<[^\"]*\"\\d+.*")) {
        acknowledged++;
        if (!isSynced) {
          unsynced.add(call);
        }
      }
    }
    assertThat(acknowledged).isEqualTo(20);
    return unsynced;
  }

  private static boolean canTrace() {
    try {
      return new ProcessBuilder("strace", "-o", "/dev/null", "true").start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private static void drain(Process process) throws IOException {
    try (BufferedReader out = reader(process)) {
      out.lines().forEach(line -> assertThat(line).isNotEmpty());
    }
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
