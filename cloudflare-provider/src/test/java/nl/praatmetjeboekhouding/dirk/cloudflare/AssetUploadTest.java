package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.Asset;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.AssetHash;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.WorkerAssets;
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

class AssetUploadTest {

  private static final String SESSION = "POST shop/assets-upload-session";
  private static final String UPLOAD = "POST /accounts/acc/workers/assets/upload?base64=true";
  private static final String HASH = "7bb046a38befb030e8df8cbcde4be9c7";

  /** Of b.txt. */
  private static final String OTHER = AssetHash.of("b.txt", "b\n".getBytes(StandardCharsets.UTF_8));

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
  void sendsNoFileThatChangedMeanwhile() throws IOException {
    recorded.gives(SESSION, session("s1"));
    AssetUpload upload = upload();
    Files.writeString(folder.resolve("a.txt"), "b\n");

    assertThatThrownBy(upload::run).hasMessageContaining("a.txt, which changed");
    assertThat(recorded.lines()).containsExactly(SESSION);
  }

  @Test
  void sendsOnlyWhatIsMissingInTheSessionThatFollows() throws IOException {
    Files.writeString(folder.resolve("b.txt"), "b\n");
    recorded
        .gives(SESSION, session("s1", HASH, OTHER))
        .gives(SESSION, session("s2", OTHER))
        .gives(UPLOAD, "{}")
        .refuses(UPLOAD, 401, 10000, "expired")
        .gives(UPLOAD, "{\"jwt\":\"done\"}");

    assertThat(upload().run()).isEqualTo("done");
    List<RecordingApi.Asked> sent = uploads();
    assertThat(sent).hasSize(3);
    assertThat(sent.get(2).body()).contains(OTHER).doesNotContain(HASH);
    assertThat(sent.get(2).headers().get("Authorization")).containsExactly("Bearer s2");
  }

  @Test
  void saysThatSessionsEndTooEarlyInsteadOfBlamingTheToken() throws IOException {
    Files.writeString(folder.resolve("b.txt"), "b\n");
    recorded
        .gives(SESSION, session("s1", HASH, OTHER))
        .gives(UPLOAD, "{}")
        .refuses(UPLOAD, 401, 10000, "expired");

    assertThatThrownBy(upload()::run)
        .hasMessageStartingWith("Five sessions for static assets ended before all were there")
        .hasMessageContaining("1 of 2 contents that were missing have arrived");
    assertThat(recorded.lines()).filteredOn(SESSION::equals).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429})
  void saysWhatWasSentWhenABucketFailsThriceAndWhatHasArrived(int status) throws IOException {
    Files.writeString(folder.resolve("b.txt"), "b\n");
    recorded
        .gives(SESSION, session("s1", HASH, OTHER))
        .gives(UPLOAD, "{}")
        .refuses(UPLOAD, status, 10001, "oops");

    assertThatThrownBy(upload()::run)
        .hasMessageContaining("answered " + status)
        .message()
        .containsPattern("while [ab]\\.txt was sent")
        .endsWith("1 of 2 contents that were missing have arrived, and are not sent again");
    assertThat(uploads()).hasSize(4);
  }

  @Test
  void sendsNoFileThatIsGoneAndNamesIt() throws IOException {
    recorded.gives(SESSION, session("s1"));
    AssetUpload upload = upload();
    Files.delete(folder.resolve("a.txt"));

    assertThatThrownBy(upload::run).hasMessageContaining("a.txt: it cannot be read");
    assertThat(recorded.lines()).containsExactly(SESSION);
  }

  @Test
  void sendsNoFileThatGrewAndNamesIt() throws IOException {
    recorded.gives(SESSION, session("s1"));
    AssetUpload upload = upload();
    Files.writeString(folder.resolve("a.txt"), "a\nb\n");

    assertThatThrownBy(upload::run).hasMessageContaining("a.txt, which changed");
    assertThat(recorded.lines()).containsExactly(SESSION);
  }

  @Test
  void sendsEachContentOnceHoweverOftenItIsAskedFor() {
    recorded
        .gives(
            SESSION,
            "{\"jwt\":\"s1\",\"buckets\":[[\"H\",\"H\",\"H\"],[],[\"H\"],[\"H\",\"H\"]]}"
                .replace("H", HASH))
        .gives(UPLOAD, "{\"jwt\":\"done\"}");

    assertThat(upload().run()).isEqualTo("done");
    assertThat(uploads()).hasSize(1);
    assertThat(uploads().get(0).body().split("YQo=", -1)).hasSize(2);
  }

  @Test
  void saysThatASessionWithoutATokenIsNone() {
    recorded.gives(SESSION, session(""));

    assertThatThrownBy(upload()::run)
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("without a token");
    assertThat(recorded.lines()).containsExactly(SESSION);
  }

  @Test
  void asksForNothingThatNobodyToldOf() {
    recorded.gives(SESSION, session("s1", "0".repeat(32)));

    assertThatThrownBy(upload()::run).hasMessageContaining("nobody told it of");
    assertThat(recorded.lines()).containsExactly(SESSION);
  }

  private List<RecordingApi.Asked> uploads() {
    return recorded.writes().stream().filter(asked -> asked.line().equals(UPLOAD)).toList();
  }

  private static String session(String token, String... hashes) {
    String buckets =
        Stream.of(hashes).map(hash -> "[\"" + hash + "\"]").collect(Collectors.joining(","));
    return "{\"jwt\":\"" + token + "\",\"buckets\":[" + buckets + "]}";
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
    return session(token, HASH);
  }
}
