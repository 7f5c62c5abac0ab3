package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerAssetsTest {

  @TempDir private Path folder;

  @Test
  void carryRulesForTheEdgeWithoutPublishingThem() throws IOException {
    file("index.html", "i");
    file("_headers", "/*\n  X-A: b\n");
    file("_redirects", "/old /new 301\n");
    file("deep/_headers", "published");

    WorkerAssets assets = WorkerAssets.in(folder);

    assertThat(assets.files())
        .extracting(AssetFile::path)
        .containsExactly("deep/_headers", "index.html");
    assertThat(assets.headers()).contains("/*\n  X-A: b\n");
    assertThat(assets.redirects()).contains("/old /new 301\n");
  }

  @Test
  void leaveOutWhatIsIgnored() throws IOException {
    file(".assetsignore", "*.map\n!keep.map\ndrafts/\n");
    file("a.map", "");
    file("keep.map", "");
    file("drafts/x.html", "");
    file("sub/.assetsignore", "");

    assertThat(WorkerAssets.in(folder).files())
        .extracting(AssetFile::path)
        .containsExactly("keep.map", "sub/.assetsignore");
  }

  @Test
  void doNotPublishTheCodeOfAPagesProjectUnnoticed() throws IOException {
    file("_worker.js/index.js", "secret");

    assertThatThrownBy(() -> WorkerAssets.in(folder))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("_worker.js")
        .hasMessageContaining(".assetsignore");
  }

  @Test
  void publishItWhereAnIgnoreFileDoesNotLeaveItOut() throws IOException {
    file(".assetsignore", "");
    file("_worker.js", "code");

    assertThat(WorkerAssets.in(folder).files())
        .extracting(AssetFile::path)
        .containsExactly("_worker.js");
  }

  @Test
  void takeAnIgnoreFileOnlyInUtf8() throws IOException {
    Files.write(folder.resolve(".assetsignore"), new byte[] {(byte) 0xff});

    assertThatThrownBy(() -> WorkerAssets.in(folder)).hasMessageContaining("not UTF-8");
  }

  @Test
  void areAskedForWhereThereIsNoFolder() {
    assertThatThrownBy(() -> WorkerAssets.in(folder.resolve("dist")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("dist")
        .hasMessageContaining("build it first");
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
