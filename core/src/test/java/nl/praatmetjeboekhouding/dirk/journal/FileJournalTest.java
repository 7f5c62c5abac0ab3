package nl.praatmetjeboekhouding.dirk.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {

  private final ManualTime time = ManualTime.create();

  @TempDir private Path temporary;

  @Test
  void opensWhereTheXdgSpecificationSays() {
    Map<String, String> both =
        Map.of("XDG_STATE_HOME", temporary + "/state", "HOME", temporary + "/home");
    Map<String, String> relative = Map.of("XDG_STATE_HOME", "state", "HOME", temporary + "/home");

    try (FileJournal inState = FileJournal.standard(both::get, time);
        FileJournal inHome = FileJournal.standard(relative::get, time)) {
      assertThat(inState.capabilities().place()).endsWith("/state/dirk");
      assertThat(inHome.capabilities().place()).endsWith("/home/.local/state/dirk");
    }
    assertThat(failure(() -> FileJournal.standard(name -> null, time)))
        .hasMessageContainingAll("XDG_STATE_HOME", "HOME");
  }

  @Test
  void isForItsOwnerOnly() throws IOException {
    try (FileJournal journal = open()) {
      journal.append("run:1", 1, List.of(), note("a"));
      journal.keep(new ByteArrayInputStream("kept".getBytes(UTF_8)));

      try (Stream<Path> made = Files.walk(folder())) {
        for (Path path : made.toList()) {
          String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
          assertThat(permissions)
              .as(path.toString())
              .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
        }
      }
    }
  }

  @Test
  void refusesToBeOpenedTwiceInOneProcessWithoutHarmToTheFirst() throws IOException {
    try (FileJournal journal = open()) {
      JournalException refused = failure(this::open);

      assertThat(refused.kind()).isEqualTo(Kind.STORAGE);
      assertThat(refused).hasMessageContaining("open in this process already");
      journal.append("run:1", 1, List.of(), note("the first goes on"));
      Path link = Files.createSymbolicLink(temporary.resolve("link"), folder());
      assertThat(failure(() -> FileJournal.open(link, time)).kind()).isEqualTo(Kind.STORAGE);
    }

    open().close();
  }

  @Test
  void canBeOpenedAgainAfterAnOpenThatFailed() throws IOException {
    open().close();
    byte[] right = Files.readAllBytes(log());
    Files.writeString(log(), "this is no journal\nat all\n");
    assertThat(failure(this::open).kind()).isEqualTo(Kind.CORRUPT);

    Files.write(log(), right);

    open().close();
  }

  @Test
  void refusesAFileWhereTheFolderShouldBe() throws IOException {
    Files.writeString(folder(), "a file");

    JournalException refused = failure(this::open);

    assertThat(refused.kind()).isEqualTo(Kind.STORAGE);
    assertThat(refused).hasMessageContaining(folder().toString());
  }

  @Test
  void refusesNetworkFileSystems() {
    for (String type : List.of("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "NFS")) {
      JournalException refused =
          failure(() -> JournalFolder.refuseNetwork(temporary, type));

      assertThat(refused.kind()).isEqualTo(Kind.STORAGE);
      assertThat(refused).hasMessageContainingAll(type, temporary.toString(), "local disk");
    }
    for (String type : List.of("ext4", "xfs", "btrfs", "apfs", "tmpfs", "overlay", "NTFS", "zfs")) {
      JournalFolder.refuseNetwork(temporary, type);
    }
  }

  @Test
  void refusesAJournalOfALaterForm() throws IOException {
    open().close();
    Draft later = new Draft(Draft.Tip.NOTHING);
    later.add(new Line.Opening(2));
    Files.write(log(), later.bytes());

    JournalException refused = failure(this::open);

    assertThat(refused.kind()).isEqualTo(Kind.STORAGE);
    assertThat(refused).hasMessageContaining("form 2");
  }

  @Test
  void notesThatItsFileWasCutWhileItWasOpen() throws IOException {
    try (FileJournal journal = open()) {
      journal.append("run:1", 1, List.of(), note("a"));
      try (FileChannel channel = FileChannel.open(log(), StandardOpenOption.WRITE)) {
        channel.truncate(10);
      }

      JournalException refused =
          failure(() -> journal.append("run:1", 2, List.of(), note("b")));

      assertThat(refused.kind()).isEqualTo(Kind.CORRUPT);
      assertThat(Files.size(log())).isEqualTo(10);
    }
  }

  @Test
  void readsFilesThatAreLongerThanItsWindow() throws IOException {
    try (FileJournal journal = open()) {
      for (int sequence = 1; sequence <= 12; sequence++) {
        journal.append("run:1", sequence, List.of(), note("x".repeat(900_000)));
      }
    }

    try (FileJournal journal = open()) {
      assertThat(journal.read("run:1", 1)).hasSize(12);
    }
  }

  @Test
  void refusesAnEntryThatIsTooLargeAndGoesOn() {
    try (FileJournal journal = open()) {
      IllegalArgumentException refused =
          catchThrowableOfType(
              IllegalArgumentException.class,
              () -> journal.append("run:1", 1, List.of(), note("x".repeat(1024 * 1024))));

      assertThat(refused).hasMessageContaining("keep()");
      journal.append("run:1", 1, List.of(), note("small"));
      assertThat(journal.read("run:1", 1)).hasSize(1);
    }
  }

  @Test
  void judgesTheLeasesOfAnEarlierOpenByTheWallClock() {
    try (FileJournal journal = open()) {
      journal.acquire("worker", "one", "test", Duration.ofSeconds(30));
    }
    time.step(Duration.ofHours(-1));

    try (FileJournal journal = open()) {
      assertThat(journal.holder("worker")).isPresent();
      time.advance(Duration.ofSeconds(30));
      assertThat(journal.holder("worker")).as("never longer than its time").isEmpty();
    }
    time.step(Duration.ofHours(1));
    try (FileJournal journal = open()) {
      assertThat(journal.holder("worker")).isEmpty();
    }
  }

  @Test
  void namesKeptContentThatIsDamagedAndMendsItWhenItIsKeptAgain() throws IOException {
    byte[] content = "a worker".getBytes(UTF_8);
    try (FileJournal journal = open()) {
      Digest digest = journal.keep(new ByteArrayInputStream(content));
      Path blob = folder().resolve("blobs/" + digest.hex().substring(0, 2) + "/" + digest.hex());
      Files.writeString(blob, "a w0rker");

      JournalException refused = failure(() -> journal.kept(digest));
      journal.keep(new ByteArrayInputStream(content));

      assertThat(refused.kind()).isEqualTo(Kind.CORRUPT);
      assertThat(refused).hasMessageContaining(blob.toString());
      assertThat(journal.kept(digest).orElseThrow()).hasBinaryContent(content);
      assertThat(folder().resolve("blobs").toFile().list()).hasSize(1);
    }
  }

  @Test
  void removesTheLivenessFilesOfDeadProcesses() throws IOException {
    open().close();
    Path left = Files.createFile(folder().resolve("alive-999999999-1.lock"));
    Files.setLastModifiedTime(left, FileTime.fromMillis(0));
    Path starting = Files.createFile(folder().resolve("alive-999999998-1.lock"));

    open().close();

    assertThat(left).doesNotExist();
    assertThat(starting).exists();
  }

  private FileJournal open() {
    return FileJournal.open(folder(), time);
  }

  private Path folder() {
    return temporary.resolve("journal");
  }

  private Path log() {
    return folder().resolve(Segment.NAME);
  }

  private static JournalRecord note(String text) {
    return new JournalRecord("note", 1, JsonNodeFactory.instance.objectNode().put("text", text));
  }

  private static JournalException failure(ThrowingCallable asked) {
    return catchThrowableOfType(JournalException.class, asked);
  }
}
