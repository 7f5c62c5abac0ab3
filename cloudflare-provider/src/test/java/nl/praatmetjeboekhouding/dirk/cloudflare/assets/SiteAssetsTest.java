package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteAssetsTest {

  @TempDir private Path folder;

  @Test
  void areKeptUnderTheKeysOfWrangler() throws IOException {
    file("index.html", "<!doctype html><title>i</title>\n");
    file("sub/a.txt", "a\n");

    assertThat(keys(List.of(), List.of()))
        .containsExactly("index.de04701b95.html", "sub/a.2ff044ad49.txt");
  }

  @Test
  void haveTheirHashBeforeTheEndingIfThereIsOne() throws IOException {
    file("LICENSE", "a\n");
    file("v1.2/plain", "a\n");
    file("two.tar.gz", "a\n");
    file(".well-known/.well-known", "a\n");

    assertThat(keys(List.of(), List.of()))
        .containsExactly(
            ".well-known/.well-known.2ff044ad49",
            "LICENSE.2ff044ad49",
            "two.tar.2ff044ad49.gz",
            "v1.2/plain.2ff044ad49");
  }

  @Test
  void areHashedPieceByPieceWhenTheyAreLarge() throws IOException {
    Files.write(folder.resolve("large.bin"), XxHash64Test.bytes(100_000));
    Files.write(folder.resolve("piece.bin"), XxHash64Test.bytes(48 * 1024));

    assertThat(keys(List.of(), List.of()))
        .containsExactly("large.d2921c3ee6.bin", "piece.c446e4e472.bin");
  }

  @Test
  void leaveOutWhatIsHiddenExcludedOrNotIncluded() throws IOException {
    for (String name : List.of("a.txt", "b.html", "sub/c.txt", "old/d.txt", "node_modules/e.txt")) {
      file(name, "x");
    }
    file(".env", "secret");
    file(".well-known/f.txt", "x");

    assertThat(paths(List.of(), List.of("old", "*.html")))
        .containsExactly(".well-known/f.txt", "a.txt", "sub/c.txt");
    assertThat(paths(List.of("sub/*.txt", "old"), List.of()))
        .containsExactly("old/d.txt", "sub/c.txt");
    assertThat(paths(List.of("*.txt"), List.of("sub"))).doesNotContain("sub/c.txt", "b.html");
  }

  @Test
  void areNoneOutsideOfTheirFolder() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("secrets"));
    Files.writeString(outside.resolve("key.pem"), "secret");
    Path site = Files.createDirectories(folder.resolve("site"));
    Files.createSymbolicLink(site.resolve("key.pem"), outside.resolve("key.pem"));

    assertThatThrownBy(() -> SiteAssets.in(site, List.of(), List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("key.pem")
        .hasMessageContaining("leads out");
    assertThat(SiteAssets.in(site, List.of(), List.of("*.pem"))).isEmpty();
  }

  @Test
  void areRefusedWithAKeyThatIsTooLongAndWithoutAFolder() throws IOException {
    String part = "a".repeat(250);
    file(part + "/" + part + "/b.txt", "x");

    assertThatThrownBy(() -> keys(List.of(), List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("more than 512 bytes");
    assertThatThrownBy(() -> SiteAssets.in(folder.resolve("none"), List.of(), List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("build it first");
  }

  @Test
  void areNotReadOnceTheyChanged() throws IOException {
    file("a.txt", "a\n");
    SiteAsset asset = SiteAssets.in(folder, List.of(), List.of()).get(0);
    file("a.txt", "b\n");

    assertThatThrownBy(asset::read)
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("changed");
  }

  private List<String> keys(List<String> include, List<String> exclude) {
    return SiteAssets.in(folder, include, exclude).stream().map(SiteAsset::key).toList();
  }

  private List<String> paths(List<String> include, List<String> exclude) {
    return SiteAssets.in(folder, include, exclude).stream()
        .map(asset -> asset.file().path())
        .toList();
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
