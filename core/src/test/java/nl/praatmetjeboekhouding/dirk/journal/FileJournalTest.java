package nl.praatmetjeboekhouding.dirk.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal in a folder keeps to beyond the rules of every journal. */
final class FileJournalTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ManualTime time = ManualTime.create();

  @TempDir private Path temporary;
  private Path folder = Path.of("unset");
  private FileJournal journal;

  @BeforeEach
  void open() {
    folder = temporary.resolve("journal");
    journal = FileJournal.open(folder, time);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void remembersEverythingWhenItIsOpenedAgain() {
    Entry entry = journal.append("run:a", 1, List.of(), Writer.record("one"));
    Lease lease = journal.acquire("r", "me", "deploy 1", MINUTE);

    reopen();

    assertThat(journal.read("run:a", 1)).containsExactly(entry);
    assertThat(journal.holder("r")).contains(lease);
  }

  @Test
  void writesNothingIntoALogThatWasMovedAwayOrReplaced() throws IOException {
    journal.append("run:a", 1, List.of(), Writer.record("one"));
    Files.move(log(), folder.resolve("journal.old"));

    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> journal.append("run:a", 2, List.of(), Writer.record("two")))
        .withMessageContaining("was taken away while it was in use");
    Files.copy(folder.resolve("journal.old"), log());
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> journal.append("run:a", 2, List.of(), Writer.record("two")))
        .withMessageContaining("was replaced while it was in use");
  }

  @Test
  void doesNotTakeALogThatSomebodyEmptiedForANewOne() throws IOException {
    Digest unused = journal.keep(new ByteArrayInputStream(new byte[] {1}));
    journal.close();
    Files.write(log(), new byte[0]);

    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> FileJournal.open(folder, time))
        .withMessageContaining("is empty")
        .withMessageContaining("delete it to begin anew");
    Files.delete(log());
    reopen();
    assertThat(journal.heads("run")).isEmpty();
  }

  @Test
  void cutsOffATornTailWhereverItWasTorn() throws IOException {
    journal.append("run:a", 1, List.of(), Writer.record("one"));
    long whole = Files.size(log());
    journal.append("run:a", 2, List.of(), Writer.record("two"));
    byte[] both = Files.readAllBytes(log());

    for (int length = (int) whole; length < both.length; length++) {
      journal.close();
      Files.write(log(), Arrays.copyOf(both, length));
      journal = FileJournal.open(folder, time);

      assertThat(journal.read("run:a", 1)).hasSize(1);
    }

    assertThat(journal.append("run:a", 2, List.of(), Writer.record("two")).sequence()).isEqualTo(2);
  }

  @Test
  void namesTheLineOfAnyFlippedByte() throws IOException {
    journal.append("run:a", 1, List.of(), Writer.record("one"));
    long first = Files.size(log());
    journal.append("run:a", 2, List.of(), Writer.record("two"));
    long second = Files.size(log());
    journal.append("run:a", 3, List.of(), Writer.record("three"));
    byte[] good = Files.readAllBytes(log());
    journal.close();

    for (int at = (int) first; at < second - 1; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      Files.write(log(), bad);

      assertThatThrownBy(() -> FileJournal.open(folder, time))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("journal.log, line 3, byte " + first);
      assertThat(Files.readAllBytes(log())).isEqualTo(bad);
    }
  }

  @Test
  void noticesThatTheEndOfTheLastLineWasChanged() throws IOException {
    journal.append("run:a", 1, List.of(), Writer.record("one"));
    byte[] bad = Files.readAllBytes(log());
    journal.close();
    bad[bad.length - 1] ^= 1;
    Files.write(log(), bad);

    assertKind(JournalException.Kind.CORRUPT, () -> FileJournal.open(folder, time));
    assertThat(Files.readAllBytes(log())).isEqualTo(bad);
  }

  @Test
  void makesEverythingForItsOwnerOnlyAlsoInAFolderThatWasThere() throws IOException {
    Path there = Files.createDirectory(temporary.resolve("there"));
    try (FileJournal shared = FileJournal.open(there, time)) {
      Digest unused = shared.keep(new ByteArrayInputStream("x".getBytes(StandardCharsets.UTF_8)));
    }

    try (Stream<Path> made = Files.list(there)) {
      assertThat(made)
          .hasSize(4)
          .allSatisfy(
              path ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                      .endsWith("------"));
    }
  }

  @Test
  void noticesThatALineWasTakenOut() throws IOException {
    journal.append("run:a", 1, List.of(), Writer.record("one"));
    journal.append("run:b", 1, List.of(), Writer.record("two"));
    journal.append("run:c", 1, List.of(), Writer.record("three"));
    List<String> lines = Files.readAllLines(log());
    journal.close();
    Files.writeString(log(), lines.get(0) + "\n" + lines.get(1) + "\n" + lines.get(3) + "\n");

    assertKind(JournalException.Kind.CORRUPT, () -> FileJournal.open(folder, time));
  }

  @Test
  void tellsThatKeptContentWasChanged() throws IOException {
    Digest digest =
        journal.keep(new ByteArrayInputStream("content".getBytes(StandardCharsets.UTF_8)));
    Files.writeString(
        folder.resolve("kept").resolve(digest.hex().substring(0, 2)).resolve(digest.hex()), "bad");

    assertKind(JournalException.Kind.CORRUPT, () -> journal.kept(digest));
  }

  @Test
  void isForItsOwnerOnly() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log())))
        .isEqualTo("rw-------");
  }

  @Test
  void saysWhatToDoWhenItsFolderIsAFile() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertKind(JournalException.Kind.STORAGE, () -> FileJournal.open(file, time));
  }

  private static void assertKind(JournalException.Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            JournalException.class, thrown -> assertThat(thrown.kind()).isEqualTo(kind));
  }

  private void reopen() {
    journal.close();
    journal = FileJournal.open(folder, time);
  }

  private Path log() {
    return folder.resolve("journal.log");
  }
}
