package nl.praatmetjeboekhouding.dirk.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal on a disk that is full, on a machine that lets the test make a small disk. */
final class FullDiskTest {

  private static final String STREAM = "run:a";

  private final ManualTime time = ManualTime.create();

  @TempDir private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=256k", "dirk-test", disk.toString());
    assumeTrue(mounted, "this machine lets the test make no small disk");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  @Test
  void losesNothingThatWasAcknowledgedAndGoesOnWhenThereIsSpaceAgain() throws Exception {
    Path ballast = Files.write(disk.resolve("ballast"), new byte[64 * 1024]);
    int acknowledged = 0;
    try (FileJournal journal = FileJournal.open(folder(), time)) {
      acknowledged = appendUntilFull(journal);

      assertStorage(() -> append(journal, 1 + journal.read(STREAM, 1).size()));
      assertThat(journal.read(STREAM, 1)).hasSize(acknowledged);
    }

    try (FileJournal journal = FileJournal.open(folder(), time)) {
      assertThat(journal.read(STREAM, 1)).hasSize(acknowledged);
      Files.delete(ballast);
      append(journal, acknowledged + 1);
      append(journal, acknowledged + 2);
    }
    try (FileJournal journal = FileJournal.open(folder(), time)) {
      assertThat(journal.read(STREAM, 1)).hasSize(acknowledged + 2);
    }
  }

  @Test
  void cutsOffATornTailThoughThereIsNoSpaceToKeepItAside() throws Exception {
    try (FileJournal journal = FileJournal.open(folder(), time)) {
      append(journal, 1);
    }
    Path log = folder().resolve("journal.log");
    long whole = Files.size(log);
    Files.writeString(log, "0a1b2c3d 500 {\"line\"", StandardOpenOption.APPEND);
    fill();

    try (FileJournal journal = FileJournal.open(folder(), time)) {
      assertThat(journal.read(STREAM, 1)).hasSize(1);
    }

    assertThat(log).hasSize(whole);
  }

  @Test
  void keepsNothingOfContentThatDoesNotFit() throws Exception {
    try (FileJournal journal = FileJournal.open(folder(), time)) {
      assertStorage(() -> journal.keep(new ByteArrayInputStream(new byte[300 * 1024])));

      try (Stream<Path> kept = Files.list(folder().resolve("kept"))) {
        assertThat(kept).isEmpty();
      }
      append(journal, 1);
      assertThat(journal.kept(journal.keep(new ByteArrayInputStream("fits".getBytes(UTF_8)))))
          .isPresent();
    }
  }

  private static int appendUntilFull(FileJournal journal) {
    for (int sequence = 1; ; sequence++) {
      try {
        append(journal, sequence);
      } catch (JournalException e) {
        assertThat(e.kind()).isEqualTo(Kind.STORAGE);
        return sequence - 1;
      }
    }
  }

  private static void append(FileJournal journal, long sequence) {
    Entry entry = journal.append(STREAM, sequence, List.of(), Writer.record("x".repeat(5000)));
    assertThat(entry.sequence()).isEqualTo(sequence);
  }

  private void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(disk.toFile().getUsableSpace()).isZero();
    }
  }

  private static void assertStorage(ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining("has space")
        .isInstanceOfSatisfying(
            JournalException.class, thrown -> assertThat(thrown.kind()).isEqualTo(Kind.STORAGE));
  }

  private Path folder() {
    return disk.resolve("journal");
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
