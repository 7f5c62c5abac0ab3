package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.AssetHash;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong among the files of a Pages project, of which nothing is deployed then. */
class PagesFaultsTest {

  private static final String SITE = "/accounts/acc/pages/projects/site";
  private static final String TOKEN = "GET " + SITE + "/upload-token";
  private static final String MISSING = "POST /pages/assets/check-missing";
  private static final String UPLOAD = "POST /pages/assets/upload";

  @TempDir private Path folder;
  private final CallContext call = CallContext.of(Duration.ofMinutes(5));
  private RecordingApi api;
  private Pages pages;

  @BeforeEach
  void open() throws IOException {
    write("a.txt", "a\n");
    write("b.txt", "b\n");
    api = new RecordingApi();
    pages = Pages.open(api.uri(), Secret.of("TOKEN", () -> "s3cret"), "acc", ManualTime.create());
    api.gives("GET " + SITE, "{\"name\":\"site\"}")
        .gives(TOKEN, "{\"jwt\":\"first\"}")
        .gives(MISSING, hashes("a.txt", "b.txt"));
  }

  @AfterEach
  void close() {
    List<String> lines = api.lines();
    pages.close();
    api.close();
    assertThat(lines).noneMatch(line -> line.equals("POST " + SITE + "/deployments"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 500, 503, 429})
  void anUploadThatFailsIsToldWithItsFileAndWhatHasArrived(int status) {
    api.gives(UPLOAD, "null").refuses(UPLOAD, status, 8000000, "oops");

    assertThatThrownBy(this::deploy)
        .isInstanceOf(ProviderException.class)
        .message()
        .contains("answered " + status)
        .containsPattern("while [ab]\\.txt was sent")
        .endsWith("1 of 2 contents that were missing have arrived, and nothing was deployed");
  }

  @Test
  void tokensThatExpireTooEarlyAreToldSo() {
    api.refuses(UPLOAD, 401, 8000013, "expired");

    assertThatThrownBy(this::deploy)
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("the upload took longer than its token lives");
  }

  @Test
  void aTokenThatIsNoneIsToldSo() {
    api.instead(TOKEN, "{\"jwt\":\"\"}");

    assertThatThrownBy(this::deploy)
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("Pages gave no token to upload the files of site with");
  }

  @Test
  void aFileThatIsGoneOnceItIsAskedForIsNamed() {
    api.gives(UPLOAD, "null")
        .whenAsked(
            () -> {
              if (api.lines().contains(MISSING)) {
                delete("b.txt");
              }
            });

    assertThatThrownBy(this::deploy).hasMessageContaining("b.txt");
  }

  @Test
  void aFileThatGrowsOnceItIsHashedIsNamed() {
    api.gives(UPLOAD, "null");
    api.whenAsked(
        () -> {
          if (api.lines().contains(MISSING)) {
            write("b.txt", "b\nand more\n");
          }
        });

    assertThatThrownBy(this::deploy).hasMessageContaining("b.txt, which changed while");
  }

  private PagesDeployment deploy() {
    return pages.deploy(PagesUpload.of("site", folder), call);
  }

  private String hashes(String... names) throws IOException {
    StringBuilder hashes = new StringBuilder();
    for (String name : names) {
      hashes.append(hashes.length() == 0 ? "\"" : ",\"");
      hashes.append(AssetHash.of(name, folder.resolve(name))).append('"');
    }
    return "[" + hashes + "]";
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
