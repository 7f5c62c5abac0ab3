package nl.praatmetjeboekhouding.dirk.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may use a journal's folder at the same time. */
final class FolderLockTest {

  /** What gives a process a container's numbers, so that it is number 1. */
  private static final String[] CONTAINER = {"unshare", "--pid", "--fork", "--kill-child"};

  private final ManualTime time = ManualTime.create();

  @TempDir private Path folder;

  @Test
  void refusesASecondJournalInOneProcessHoweverOftenItIsAskedFor() {
    try (FileJournal journal = FileJournal.open(folder, time)) {
      for (int round = 0; round < 3; round++) {
        assertThatThrownBy(() -> FileJournal.open(folder, time))
            .isInstanceOf(JournalException.class)
            .hasMessageContaining("already open in this process");
      }
      assertThat(journal.append("run:a", 1, List.of(), Writer.record("one")).sequence())
          .isEqualTo(1);
    }
  }

  @Test
  void opensAgainOnceTheCauseOfAFailureIsMended() throws IOException {
    Path log = Files.createDirectory(folder.resolve("journal.log"));
    assertThatThrownBy(() -> FileJournal.open(folder, time))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("cannot be used");
    Files.delete(log);
    Path lock = folder.resolve("journal.lock");
    Files.deleteIfExists(lock);
    Files.createDirectory(lock);
    assertThatThrownBy(() -> FileJournal.open(folder, time))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("cannot be used");
    Files.delete(lock);
    Files.writeString(log, "nonsense\n");
    assertThatThrownBy(() -> FileJournal.open(folder, time))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("line 1");
    Files.delete(log);

    try (FileJournal journal = FileJournal.open(folder, time)) {
      assertThat(journal.heads("run")).isEmpty();
    }
  }

  @Test
  void isSharedByContainersWhoseProcessesAreAllNumberOne() throws Exception {
    assumeTrue(canContain(), "this machine lets nobody number processes anew");
    Process one = Writer.start(folder, "one", Long.MAX_VALUE / 2, CONTAINER);
    Process two = Writer.start(folder, "two", Long.MAX_VALUE / 2, CONTAINER);

    try (BufferedReader first = one.inputReader(UTF_8);
        BufferedReader second = two.inputReader(UTF_8)) {
      assertThat(first.readLine()).isEqualTo("1");
      assertThat(second.readLine()).isEqualTo("1");
      assertThat(first.readLine()).isEqualTo("2");
    } finally {
      assertThat(one.toHandle().destroyForcibly()).isTrue();
      assertThat(two.toHandle().destroyForcibly()).isTrue();
    }
  }

  private static boolean canContain() throws InterruptedException {
    try {
      return new ProcessBuilder("unshare", "--pid", "--fork", "--kill-child", "true")
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
