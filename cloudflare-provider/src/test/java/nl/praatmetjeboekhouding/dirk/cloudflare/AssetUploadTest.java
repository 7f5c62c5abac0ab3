package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.Asset;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.WorkerAssets;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetUploadTest {

  private static final String SESSION = "POST shop/assets-upload-session";
  private static final String UPLOAD = "POST /accounts/acc/workers/assets/upload?base64=true";
  private static final String HASH = "7bb046a38befb030e8df8cbcde4be9c7";

  @TempDir private Path folder;
  private RecordingApi recorded;
  private CloudflareApi api;
  private final ManualTime time = ManualTime.create();
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));

  @BeforeEach
  void open() throws IOException {
    recorded = new RecordingApi();
    api =
        new CloudflareApi(
            recorded.uri(), Credentials.token(Secret.of("TOKEN", () -> "s3cret")), "acc", time);
    Files.writeString(folder.resolve("a.txt"), "a\n");
  }

  @AfterEach
  void close() {
    api.close();
    recorded.close();
  }

  @Test
  void sendsWhatIsNotThereUnderTheTokenOfTheSession() {
    recorded.gives(SESSION, session("s1")).gives(UPLOAD, "{\"jwt\":\"done\"}");

    assertThat(upload().run()).isEqualTo("done");
    assertThat(recorded.writes().get(0).body())
        .isEqualTo("{\"manifest\":{\"/a.txt\":{\"hash\":\"" + HASH + "\",\"size\":2}}}");
    RecordingApi.Asked sent = recorded.writes().get(1);
    assertThat(sent.headers().get("Authorization")).containsExactly("Bearer s1");
    assertThat(sent.body()).contains("text/plain; charset=utf-8", HASH, "YQo=");
  }

  @Test
  void goesOverTheConnectionThatIsThereAlready() {
    recorded.gives(SESSION, session("s1")).gives(UPLOAD, "{\"jwt\":\"done\"}");

    String unused = upload().run();

    assertThat(recorded.connections()).isEqualTo(1);
  }

  @Test
  void sendsNothingThatIsThereAlready() {
    recorded.gives(SESSION, "{\"jwt\":\"done\",\"buckets\":[]}");

    assertThat(upload().run()).isEqualTo("done");
    assertThat(recorded.lines()).containsExactly(SESSION);
  }

  @Test
  void opensAnotherSessionWhenOneIsOver() {
    recorded.gives(SESSION, session("s1")).gives(SESSION, session("s2"));
    recorded.refuses(UPLOAD, 401, 10000, "expired").gives(UPLOAD, "{\"jwt\":\"done\"}");

    assertThat(upload().run()).isEqualTo("done");
    assertThat(recorded.lines()).containsExactly(SESSION, UPLOAD, SESSION, UPLOAD);
  }

  @Test
  void doesNotBlameTheApiTokenForSessionsThatAreOverTooSoon() {
    recorded.gives(SESSION, session("s1")).refuses(UPLOAD, 401, 10000, "expired");

    assertThatThrownBy(upload()::run)
        .hasMessageStartingWith("5 upload sessions in turn were over")
        .hasMessageContaining("no fault of the API token; deploy again");
    assertThat(recorded.lines()).hasSize(10);
  }

  @Test
  void sendsNoFileThatChangedMeanwhile() throws IOException {
    recorded.gives(SESSION, session("s1"));
    AssetUpload upload = upload();
    Files.writeString(folder.resolve("a.txt"), "b\n");

    assertThatThrownBy(upload::run).hasMessageContaining("a.txt, which changed");
    assertThat(recorded.lines()).containsExactly(SESSION);
  }

  private AssetUpload upload() {
    List<Asset> assets = WorkerAssets.in(folder).files().stream().map(Asset::of).toList();
    return new AssetUpload(
        api,
        api.script("shop", "assets-upload-session"),
        assets,
        new Remaining(call, time),
        new Repeats(call, time));
  }

  private static String session(String token) {
    return "{\"jwt\":\"" + token + "\",\"buckets\":[[\"" + HASH + "\"]]}";
  }
}
