package nl.praatmetjeboekhouding.dirk.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.model.ContentFile.Content;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kept content outlives. */
final class BlobFolderTest {

  private static final Digest CONTENT = Digest.of("content");

  @TempDir private Path above;

  @Test
  void syncsEveryFolderOnTheWayOnceTheContentIsInPlace() throws IOException {
    List<Path> synced = new ArrayList<>();
    BlobFolder blobs =
        new BlobFolder(
            above,
            folder -> {
              assertThat(place()).exists();
              synced.add(folder);
            });

    Digest kept = blobs.keep(content());

    assertThat(kept).isEqualTo(CONTENT);
    Path folder = above.resolve("kept");
    assertThat(synced).containsExactly(place().getParent(), folder, above);
  }

  @Test
  void syncsWhatAnotherProcessMovedIntoPlace() throws IOException {
    Digest first = new BlobFolder(above, folder -> {}).keep(content());
    List<Path> synced = new ArrayList<>();

    Digest second = new BlobFolder(above, synced::add).keep(content());

    assertThat(second).isEqualTo(first);
    assertThat(synced).hasSize(3);
  }

  @Test
  void syncsNothingAgainThatItSyncedBefore() throws IOException {
    List<Path> synced = new ArrayList<>();
    BlobFolder blobs = new BlobFolder(above, synced::add);
    Digest kept = blobs.keep(content());
    synced.clear();

    assertThat(blobs.keep(content())).isEqualTo(kept);
    assertThat(synced).isEmpty();
  }

  @Test
  void syncsOnlyTheShelfOfNewContentThatStandsOnOneThatIsThere() throws IOException {
    List<Path> synced = new ArrayList<>();
    BlobFolder blobs = new BlobFolder(above, synced::add);
    Digest kept = blobs.keep(content());
    byte[] other = ofTheSameShelf(kept);
    synced.clear();

    Digest beside = blobs.keep(new ByteArrayInputStream(other));

    assertThat(beside).isNotEqualTo(kept);
    assertThat(synced).containsExactly(place().getParent());
  }

  @Test
  void syncsEachFolderOnceForAllThatIsKeptTogetherAndOnceAllIsInPlace() throws IOException {
    List<Path> synced = new ArrayList<>();
    List<Digest> expected = IntStream.range(0, 2000).mapToObj(BlobFolderTest::digest).toList();
    BlobFolder blobs =
        new BlobFolder(
            above,
            folder -> {
              assertThat(expected).allMatch(digest -> Files.exists(place(digest)));
              synced.add(folder);
            });

    List<Digest> kept = blobs.keepAll(numbers(2000));

    assertThat(kept).isEqualTo(expected);
    assertThat(synced).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(256 + 2);
    assertThat(synced.subList(synced.size() - 2, synced.size()))
        .containsExactly(above.resolve("kept"), above);
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void syncsTheShelvesOfWhatAnotherProcessKeptTogether() throws IOException {
    List<Digest> first = new BlobFolder(above, folder -> {}).keepAll(numbers(3));
    List<Path> synced = new ArrayList<>();

    List<Digest> second = new BlobFolder(above, synced::add).keepAll(numbers(3));

    assertThat(second).isEqualTo(first);
    assertThat(synced)
        .containsAll(first.stream().map(digest -> place(digest).getParent()).toList())
        .endsWith(above.resolve("kept"), above);
  }

  @Test
  void leavesNothingUnfinishedWhenOneOfManyCannotBeRead() {
    BlobFolder blobs = new BlobFolder(above, folder -> {});
    List<Content> contents = new ArrayList<>(numbers(3));
    contents.add(
        () -> {
          throw new IOException("gone");
        });

    assertThatThrownBy(() -> blobs.keepAll(contents)).hasMessage("gone");

    assertThat(unfinished()).isEmpty();
  }

  private List<Path> unfinished() {
    try (Stream<Path> files = Files.list(above.resolve("kept"))) {
      return files.filter(file -> file.toString().endsWith(".part")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Content> numbers(int many) {
    return IntStream.range(0, many)
        .<Content>mapToObj(
            number -> () -> new ByteArrayInputStream(("number " + number).getBytes(UTF_8)))
        .toList();
  }

  private static Digest digest(int number) {
    return Digest.of("number " + number);
  }

  private static byte[] ofTheSameShelf(Digest digest) {
    return IntStream.iterate(0, number -> number + 1)
        .mapToObj(number -> ("other " + number).getBytes(StandardCharsets.UTF_8))
        .filter(bytes -> Digest.of(bytes).hex().startsWith(digest.hex().substring(0, 2)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void takesAwayWhatADeadProcessLeftUnfinishedButNotWhatALivingOneWrites() throws IOException {
    BlobFolder blobs = new BlobFolder(above, folder -> {});
    blobs.keep(content());
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    Path left = unfinished("new-1.part", now.minus(Duration.ofHours(25)));
    Path living = unfinished("new-2.part", now.minus(Duration.ofHours(23)));

    blobs.sweep(now);

    assertThat(left).doesNotExist();
    assertThat(living).exists();
    assertThat(blobs.kept(CONTENT)).isPresent();
  }

  private Path unfinished(String name, Instant touched) throws IOException {
    Path file = Files.createFile(above.resolve("kept").resolve(name));
    return Files.setLastModifiedTime(file, FileTime.from(touched));
  }

  @Test
  void keepsAndReadsWhateverInterrupts() throws Exception {
    Path source = Files.write(above.resolve("source"), new byte[300_000]);
    Thread caller = Thread.currentThread();
    AtomicBoolean done = new AtomicBoolean();
    Thread interrupting =
        new Thread(
            () -> {
              while (!done.get()) {
                caller.interrupt();
                Thread.onSpinWait();
              }
            });
    Path folder = above.resolve("journal");

    try (FileJournal journal = FileJournal.open(folder, ManualTime.create())) {
      interrupting.start();
      try {
        for (int round = 0; round < 20; round++) {
          try (InputStream content = Files.newInputStream(source)) {
            assertThat(journal.kept(journal.keep(content))).isPresent();
          }
        }
      } finally {
        done.set(true);
        while (interrupting.isAlive()) {
          Thread.onSpinWait();
        }
        boolean unused = Thread.interrupted();
      }
      assertThat(journal.heads("run")).isEmpty();
    }
  }

  private Path place() {
    return place(CONTENT);
  }

  private Path place(Digest digest) {
    return above.resolve("kept").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
  }

  private static InputStream content() {
    return new ByteArrayInputStream("content".getBytes(UTF_8));
  }
}
