package nl.praatmetjeboekhouding.dirk.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SyncFailedException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.model.ContentFile.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails in one of the threads that sync. A device that knows no sync stands for it. */
final class FileSyncsTest {

  private static final Path NO_DISK = Path.of("/dev/null");
  private static final int MANY = 400;

  @TempDir private Path folder;

  @ParameterizedTest(name = "file {0}")
  @ValueSource(ints = {0, 1, 7, 200, 398, 399})
  void tellThatOneFileDidNotReachTheDisk(int number) throws IOException {
    assumeTrue(Files.exists(NO_DISK), "this machine has no such device");
    List<Path> files = files(MANY);
    files.set(number, NO_DISK);

    assertThatThrownBy(() -> FileSyncs.sync(files)).isInstanceOf(SyncFailedException.class);

    assertThat(syncing()).isEmpty();
  }

  @Test
  void tellOfOneWhenAllFail() throws IOException {
    assumeTrue(Files.exists(NO_DISK), "this machine has no such device");
    List<Path> files = files(MANY);
    files.replaceAll(file -> NO_DISK);

    assertThatThrownBy(() -> FileSyncs.sync(files)).isInstanceOf(SyncFailedException.class);

    assertThat(syncing()).isEmpty();
  }

  @Test
  void tellThatAFileIsNone() throws IOException {
    List<Path> files = files(MANY);
    files.set(MANY - 1, Files.createDirectory(folder.resolve("no file")));

    assertThatThrownBy(() -> FileSyncs.sync(files))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no file");
  }

  @Test
  void endAlsoWhenSomebodyInterruptsWhileTheDiskFails() throws IOException {
    assumeTrue(Files.exists(NO_DISK), "this machine has no such device");
    List<Path> files = files(MANY);
    files.set(MANY / 2, NO_DISK);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> FileSyncs.sync(files)).isInstanceOf(SyncFailedException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(syncing()).isEmpty();
  }

  /** What was written aside is replaced by the device once it is there, before it is synced. */
  @Test
  void giveNoContentItsNameWhenOneOfManyDoesNotReachTheDisk() throws IOException {
    assumeTrue(Files.exists(NO_DISK), "this machine has no such device");
    BlobFolder blobs = new BlobFolder(folder, any -> {});
    List<Content> contents = new ArrayList<>();
    for (int number = 0; number < MANY; number++) {
      byte[] bytes = ("number " + number).getBytes(UTF_8);
      contents.add(() -> new ByteArrayInputStream(bytes));
    }
    contents.add(
        () -> {
          Path one = kept().get(MANY / 2);
          Files.delete(one);
          Files.createSymbolicLink(one, NO_DISK);
          return new ByteArrayInputStream("last".getBytes(UTF_8));
        });

    assertThatThrownBy(() -> blobs.keepAll(contents)).isInstanceOf(SyncFailedException.class);

    assertThat(kept()).isEmpty();
    List<Content> again = contents.subList(0, MANY);
    assertThat(blobs.keepAll(again)).hasSize(MANY);
    assertThat(kept()).hasSize(MANY);
  }

  /** All files in the folder of what is kept, be they finished or not. */
  private List<Path> kept() {
    try (Stream<Path> files = Files.walk(folder.resolve("kept"))) {
      return files.filter(file -> !Files.isDirectory(file)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> files(int many) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int number = 0; number < many; number++) {
      files.add(Files.writeString(folder.resolve("f" + number), "content"));
    }
    return files;
  }

  private static List<String> syncing() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("dirk-sync-"))
        .toList();
  }
}
