package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetFolderTest {

  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temp.resolve("public"));
  }

  @Test
  void findsFilesAtEveryDepthWithTheirSizes() throws IOException {
    file("index.html", "hello");
    file("a/b/.hidden", "");

    assertThat(files())
        .extracting(AssetFile::path, AssetFile::size)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a/b/.hidden", 0L),
            org.assertj.core.groups.Tuple.tuple("index.html", 5L));
  }

  @Test
  void namesFilesAsTheyAreCalledWhateverTheMachineIsSetUpFor()
      throws IOException, InterruptedException {
    List<String> names =
        List.of(
            "with space",
            "per%cent",
            "per%20cent",
            "que?ry",
            "ha#sh",
            "back\\slash",
            "ünï",
            "日本",
            "💶",
            "line\nend",
            "quo\"te",
            "a&b=c+d;e",
            "-dash",
            "tab\there");
    shell("cd \"$0\" && for name in \"$@\"; do printf x > \"./$name\"; done", names);

    assertThat(files()).extracting(AssetFile::path).containsExactlyInAnyOrderElementsOf(names);
    assertThat(files()).allMatch(file -> Files.isReadable(file.file()));
  }

  @Test
  void refusesNamesThatAreNotUtf8() throws IOException, InterruptedException {
    shell("cd \"$0\" && printf x > \"$(printf 'bad\\377name')\"", List.of());

    assertThatThrownBy(this::files)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void followsLinksThatStayInTheFolder() throws IOException {
    file("real/a.txt", "a");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
    Files.createSymbolicLink(folder.resolve("b.txt"), Path.of("real/a.txt"));

    assertThat(files())
        .extracting(AssetFile::path)
        .containsExactly("b.txt", "link/a.txt", "real/a.txt");
  }

  @Test
  void refusesLinksOutOfTheFolderAllAtOnce() throws IOException {
    Files.writeString(temp.resolve("secret"), "s");
    Files.createDirectory(temp.resolve("private"));
    Files.createSymbolicLink(folder.resolve("a"), temp.resolve("secret"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("../private"));
    Files.createSymbolicLink(folder.resolve("c"), Path.of("nowhere"));

    assertThatThrownBy(this::files)
        .isInstanceOfSatisfying(
            ConfigurationException.class, failure -> assertThat(failure.faults()).hasSize(3));
  }

  @Test
  void doesNotCareForWhatIsLeftOut() throws IOException {
    Files.createSymbolicLink(folder.resolve("out"), temp);
    file("node_modules/x/y.js", "");
    file("a.txt", "");

    assertThat(
            AssetFolder.files(folder, IgnoreRules.of("out", "node_modules"), AssetLimits.WORKERS))
        .extracting(AssetFile::path)
        .containsExactly("a.txt");
  }

  @Test
  void refusesLinksThatGoInCircles() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.createSymbolicLink(folder.resolve("a/b/c"), folder.resolve("a"));

    assertThatThrownBy(this::files).hasMessageContaining("leads back to a folder that it is in");
  }

  @Test
  void refusesFilesThatAreTooLargeByName() throws IOException {
    large("one.bin", 30L * 1024 * 1024);
    large("two.bin", 25L * 1024 * 1024 + 1);
    large("fits.bin", 25L * 1024 * 1024);

    assertThatThrownBy(this::files)
        .hasMessageContaining("one.bin")
        .hasMessageContaining("two.bin")
        .hasMessageNotContaining("fits.bin");
  }

  @Test
  void refusesMoreFilesThanCloudflareTakes() throws IOException {
    for (int number = 0; number < 4; number++) {
      file("f" + number, "");
    }

    assertThatThrownBy(() -> AssetFolder.files(folder, IgnoreRules.of(), AssetLimits.pages(3)))
        .hasMessageContaining("holds more than 3 files");
  }

  @Test
  void tellsOnlyTheFirstOfVeryManyFaults() throws IOException {
    for (int number = 0; number < 50; number++) {
      Files.createSymbolicLink(folder.resolve("l" + number), temp);
    }

    assertThatThrownBy(this::files)
        .hasMessageContaining("30 more files cannot be taken")
        .isInstanceOfSatisfying(
            ConfigurationException.class, failure -> assertThat(failure.faults()).hasSize(21));
  }

  private List<AssetFile> files() {
    return AssetFolder.files(folder, IgnoreRules.of(), AssetLimits.WORKERS);
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void large(String name, long size) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
      file.setLength(size);
    }
  }

  /** Names that not every machine can say in Java. */
  private void shell(String script, List<String> arguments)
      throws IOException, InterruptedException {
    StringBuilder line = new StringBuilder("set --");
    arguments.forEach(argument -> line.append(" '").append(argument).append("'"));
    Process process = new ProcessBuilder("sh", "-s").redirectErrorStream(true).start();
    String whole = line + "\n" + script.replace("$0", folder.toString()) + "\n";
    process.getOutputStream().write(whole.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    process.getOutputStream().close();
    assertThat(process.waitFor()).isZero();
  }
}
