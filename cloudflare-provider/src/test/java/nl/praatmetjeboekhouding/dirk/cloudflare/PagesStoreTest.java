package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.AssetHash;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the contents of a folder come to Pages, and with which token. */
class PagesStoreTest {

  private static final String SITE = "/accounts/acc/pages/projects/site";
  private static final String PROJECT = "GET " + SITE;
  private static final String TOKEN = "GET " + SITE + "/upload-token";
  private static final String MISSING = "POST /pages/assets/check-missing";
  private static final String UPLOAD = "POST /pages/assets/upload";
  private static final String KNOWN = "POST /pages/assets/upsert-hashes";
  private static final String DEPLOY = "POST " + SITE + "/deployments";
  private static final int FREE_FILES = 20_000;

  @TempDir private Path folder;
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final Pages pages = api.pages(ManualTime.create());

  @BeforeEach
  void open() {
    api.gives(PROJECT, "{\"name\":\"site\"}")
        .gives(TOKEN, "{\"jwt\":\"first\"}")
        .gives(MISSING, "[]")
        .gives(UPLOAD, "null")
        .gives(KNOWN, "null")
        .gives(DEPLOY, "{\"id\":\"d1\"}");
  }

  @Test
  void sendsAContentOnceThatSeveralFilesHave() throws IOException {
    write("a.txt", "same");
    write("b/c.txt", "same");
    String hash = AssetHash.of("a.txt", folder.resolve("a.txt"));
    api.instead(MISSING, "[\"" + hash + "\"]");

    deploy();

    assertThat(body(MISSING)).isEqualTo("{\"hashes\":[\"" + hash + "\"]}");
    assertThat(body(UPLOAD).split("\"key\"", -1)).hasSize(2);
    assertThat(body(DEPLOY))
        .contains("{\"/a.txt\":\"" + hash + "\",\"/b/c.txt\":\"" + hash + "\"}");
  }

  @Test
  void asksAboutNoContentsWhereTheFolderIsEmptyAsWranglerDoes() {
    deploy();

    assertThat(api.lines()).containsExactly(PROJECT, TOKEN, MISSING, KNOWN, DEPLOY);
    assertThat(body(MISSING)).isEqualTo("{\"hashes\":[]}");
    assertThat(body(KNOWN)).isEqualTo("{\"hashes\":[]}");
  }

  @Test
  void sendsNothingToAProjectThatIsNotThere() throws IOException {
    write("a.txt", "a");
    api.instead404(PROJECT, 8000007);

    assertThatThrownBy(this::deploy)
        .isInstanceOfSatisfying(
            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND));
    assertThat(api.lines()).containsExactly(PROJECT);
  }

  @Test
  void sendsNoEmptyRequestWhereAllIsThere() throws IOException {
    write("a.txt", "a");

    deploy();

    assertThat(api.lines()).containsExactly(PROJECT, TOKEN, MISSING, KNOWN, DEPLOY);
  }

  @Test
  void triesThreeTokensAndNoMore() throws IOException {
    write("a.txt", "a");
    tokens("first", "second", "third", "fourth");
    api.insteadRefuses(MISSING, 401, 8000013, "expired");

    assertThatThrownBy(this::deploy).isInstanceOf(ProviderException.class);

    assertThat(bearers(MISSING)).containsExactly("Bearer first", "Bearer second", "Bearer third");
    assertThat(asked(TOKEN)).hasSize(3);
    assertThat(asked(DEPLOY)).isEmpty();
  }

  @Test
  void fetchesNoOtherTokenForAnotherRefusal() throws IOException {
    write("a.txt", "a");
    api.insteadRefuses(MISSING, 403, 8000000, "no");

    assertThatThrownBy(this::deploy).isInstanceOf(ProviderException.class);

    assertThat(asked(TOKEN)).hasSize(1);
    assertThat(asked(MISSING)).hasSize(1);
  }

  @Test
  void replacesATokenOnceForAllThatFoundItExpired() {
    List<String> fetched = new ArrayList<>();
    PagesToken token =
        new PagesToken(
            "site",
            () -> {
              fetched.add("token " + fetched.size());
              return fetched.get(fetched.size() - 1);
            });
    String used = token.value();

    token.replace(used);
    token.replace(used);

    assertThat(token.value()).isEqualTo("token 1");
    assertThat(fetched).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "a.!!!.c", "a.bm8ganNvbg.c", "a.e30.c"})
  void allowsAsManyFilesAsOnTheFreePlanWhereATokenSaysNothing(String token) {
    assertThat(new PagesToken("site", () -> token).files()).isEqualTo(FREE_FILES);
  }

  @Test
  void refusesMoreFilesThanTheTokenAllows() throws IOException {
    write("a.txt", "a");
    write("b.txt", "b");
    String said =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"max_file_count_allowed\":1}".getBytes(StandardCharsets.UTF_8));
    api.instead(TOKEN, "{\"jwt\":\"head." + said + ".mark\"}");

    assertThatThrownBy(this::deploy)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("1");
    assertThat(api.lines()).containsExactly(PROJECT, TOKEN);
  }

  private void tokens(String first, String... more) {
    api.instead(TOKEN, "{\"jwt\":\"" + first + "\"}");
    for (String token : more) {
      api.gives(TOKEN, "{\"jwt\":\"" + token + "\"}");
    }
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).resolveSibling(""));
    Files.writeString(folder.resolve(name), text);
  }

  private void deploy() {
    PagesDeployment unused = pages.deploy(PagesUpload.of("site", folder), call);
  }

  private List<RecordingApi.Asked> asked(String line) {
    return api.asked().stream().filter(one -> one.line().equals(line)).toList();
  }

  private List<String> bearers(String line) {
    return asked(line).stream()
        .flatMap(
            one -> one.headers().getOrDefault("Authorization", Collections.emptyList()).stream())
        .toList();
  }

  private String body(String line) {
    assertThat(asked(line)).hasSize(1);
    return asked(line).get(0).body();
  }
}
