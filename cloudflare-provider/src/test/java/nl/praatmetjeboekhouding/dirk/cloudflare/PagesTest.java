package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.AssetHash;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder that goes to Pages. */
class PagesTest {

  private static final String SITE = "/accounts/acc/pages/projects/site";
  private static final String PROJECT = "GET " + SITE;
  private static final String TOKEN = "GET " + SITE + "/upload-token";
  private static final String MISSING = "POST /pages/assets/check-missing";
  private static final String UPLOAD = "POST /pages/assets/upload";
  private static final String KNOWN = "POST /pages/assets/upsert-hashes";
  private static final String DEPLOY = "POST " + SITE + "/deployments";

  private static final String ROUTING = "functions-filepath-routing-config.json";

  private static final String LOOK = "GET " + SITE + "/deployments/d1";

  @TempDir private Path above;
  private final ManualTime time = ManualTime.create();
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));
  private Path folder = Path.of("unset");
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final Pages pages = api.pages(time);

  @BeforeEach
  void open() throws IOException {
    folder = Files.createDirectories(above.resolve("public"));
    Files.writeString(folder.resolve("a.txt"), "a\n");
    Files.writeString(folder.resolve("b.txt"), "b\n");
    api.gives(PROJECT, "{\"name\":\"site\"}")
        .gives(TOKEN, "{\"jwt\":\"first\"}")
        .gives(KNOWN, "null")
        .gives(DEPLOY, "{\"id\":\"d1\",\"url\":\"https://d1.site.pages.dev\"}");
  }

  @Test
  void sendsOnlyTheContentsThatAreNotThere() throws IOException {
    Files.writeString(folder.resolve("_headers"), "/*\n  X-A: b\n");
    api.gives(MISSING, "[\"" + hash("b.txt") + "\"]").gives(UPLOAD, "null");

    PagesDeployment deployed =
        pages.deploy(PagesUpload.of("site", folder).branch("main").commitHash("c0ffee"), call);

    assertThat(deployed.id()).isEqualTo("d1");
    assertThat(deployed.warnings()).isEmpty();
    assertThat(api.lines()).containsExactly(PROJECT, TOKEN, MISSING, UPLOAD, KNOWN, DEPLOY);
    assertThat(sent(UPLOAD).body())
        .contains("\"key\":\"" + hash("b.txt") + "\"", "Ygo=", "text/plain")
        .doesNotContain("YQo=");
    assertThat(sent(UPLOAD).headers().get("Authorization")).containsExactly("Bearer first");
    assertThat(sent(DEPLOY).headers().get("Authorization")).containsExactly("Bearer s3cret");
    assertThat(sent(DEPLOY).body())
        .contains("{\"/a.txt\":\"" + hash("a.txt") + "\",\"/b.txt\":\"" + hash("b.txt") + "\"}")
        .contains("name=\"branch\"", "name=\"commit_hash\"", "c0ffee", "X-A: b")
        .doesNotContain("/_headers");
  }

  @Test
  void sendsEverythingWhereThatIsAskedFor() {
    api.gives(UPLOAD, "null");

    PagesDeployment unused = pages.deploy(PagesUpload.of("site", folder).sendingAll(), call);

    assertThat(api.lines()).contains(UPLOAD).doesNotContain(MISSING);
  }

  @Test
  void fetchesAnotherTokenWhenTheFirstHasExpiredInTheMidst() throws IOException {
    api.instead(TOKEN, "{\"jwt\":\"first\"}")
        .gives(TOKEN, "{\"jwt\":\"second\"}")
        .gives(MISSING, "[\"" + hash("a.txt") + "\"]")
        .refuses(UPLOAD, 401, 8000013, "expired")
        .gives(UPLOAD, "null");

    PagesDeployment unused = pages.deploy(PagesUpload.of("site", folder), call);

    assertThat(api.asked().stream().filter(asked -> asked.line().equals(UPLOAD)))
        .extracting(asked -> asked.headers().get("Authorization"))
        .containsExactly(List.of("Bearer first"), List.of("Bearer second"));
  }

  @Test
  void deploysAllTheSameWhenTheContentsCannotBeNotedAsKnown() {
    api.gives(MISSING, "[]").insteadRefuses(KNOWN, 403, 8000000, "no");

    PagesDeployment deployed = pages.deploy(PagesUpload.of("site", folder), call);

    assertThat(deployed.warnings()).singleElement().asString().contains("may send its files again");
  }

  @Test
  void cutsACommitMessageWhereOfTheLastCharacterOnlyAPartWouldFit() {
    api.gives(MISSING, "[]");
    String message = "m".repeat(383) + "é and more";

    PagesDeployment unused =
        pages.deploy(PagesUpload.of("site", folder).commitMessage(message), call);

    assertThat(sent(DEPLOY).body()).contains("m".repeat(383)).doesNotContain("é");
  }

  @Test
  void sendsACommitMessageWholeThatFits() {
    api.gives(MISSING, "[]");
    String message = "m".repeat(382) + "é";

    PagesDeployment unused =
        pages.deploy(PagesUpload.of("site", folder).commitMessage(message), call);

    assertThat(sent(DEPLOY).body()).contains(message);
  }

  @Test
  void waitsLongerFromLookToLookUntilADeploymentIsLive() {
    Instant start = time.instant();
    api.gives(LOOK, stage("queued", "idle"))
        .gives(LOOK, stage("build", "active"))
        .refuses(LOOK, 503, 0, "away")
        .gives(LOOK, stage("build", "success"))
        .gives(LOOK, stage("deploy", "success"));

    JsonNode live = pages.awaitLive("site", "d1", call);

    assertThat(live.at("/latest_stage/name").asText()).isEqualTo("deploy");
    assertThat(Duration.between(start, time.instant()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void tellsTheStageThatFailedAndWhatTheLogSaysLast() {
    api.gives(LOOK, stage("deploy", "failure"))
        .gives(
            LOOK + "/history/logs",
            "{\"total\":2,\"data\":[{\"line\":\"a\"},{\"line\":\"no\\nsuch flag\"}]}");

    assertThatThrownBy(() -> pages.awaitLive("site", "d1", call))
        .isInstanceOfSatisfying(
            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.INVALID))
        .hasMessageContaining("its stage deploy failed")
        .hasMessageEndingWith(": no such flag");
  }

  @Test
  void tellsAStageThatWasCancelledAlsoIfThereIsNoLog() {
    api.gives(LOOK, stage("build", "canceled"))
        .refuses(LOOK + "/history/logs", 404, 8000009, "none");

    assertThatThrownBy(() -> pages.awaitLive("site", "d1", call))
        .hasMessageEndingWith("its stage build was cancelled");
  }

  @Test
  void waitsNoLongerThanTheCallMayTake() {
    api.gives(LOOK, stage("build", "active"));
    Instant start = time.instant();

    assertThatThrownBy(() -> pages.awaitLive("site", "d1", call))
        .isInstanceOfSatisfying(
            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TIMEOUT))
        .hasMessageContaining("was not live after 20000 ms")
        .hasMessageContaining("look again");
    assertThat(Duration.between(start, time.instant())).isEqualTo(call.timeout());
  }

  @Test
  void looksAtLeastEverySixteenSeconds() {
    api.gives(LOOK, stage("build", "active"));

    assertThatThrownBy(() -> pages.awaitLive("site", "d1", CallContext.of(Duration.ofSeconds(100))))
        .hasMessageContaining("was not live");
    assertThat(api.lines()).hasSize(10); // after 0, 1, 3, 7, 15, 31, 47, 63, 79 and 95 seconds
  }

  @Test
  void waitsForNothingThatItMayNotSee() {
    api.refuses(LOOK, 403, 10000, "no");

    assertThatThrownBy(() -> pages.awaitLive("site", "d1", call))
        .isInstanceOf(ProviderException.class)
        .message()
        .doesNotContain("was not live");
    assertThat(api.lines()).hasSize(1);
  }

  @Test
  void tellsNoMoreThanTheBeginningOfALongLineOfTheLog() {
    api.gives(LOOK, stage("deploy", "failure"))
        .gives(LOOK + "/history/logs", "{\"data\":[{\"line\":\"" + "x".repeat(400) + "\"}]}");

    assertThatThrownBy(() -> pages.awaitLive("site", "d1", call))
        .hasMessageEndingWith(": " + "x".repeat(300));
  }

  @Test
  void stopsWaitingWhenItIsCancelled() {
    api.gives(LOOK, stage("build", "active"));
    Cancellation cancellation = Cancellation.create();
    time.after(Duration.ofSeconds(2), () -> cancellation.cancel("enough"));

    assertThatThrownBy(
            () -> pages.awaitLive("site", "d1", new CallContext(call.timeout(), cancellation)))
        .isInstanceOfSatisfying(
            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.STOPPED));
  }

  private static String stage(String name, String status) {
    return "{\"id\":\"d1\",\"latest_stage\":{\"name\":\""
        + name
        + "\",\"status\":\""
        + status
        + "\"}}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"public/_worker.js", "public/_worker.bundle", "functions"})
  void isRefusedBeforeAnythingIsSentWhereItsCodeWasNotBuilt(String code) throws IOException {
    Files.createDirectories(above.resolve(code));

    assertThatThrownBy(() -> pages.deploy(PagesUpload.of("site", folder), call))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(above.resolve(code).toString())
        .hasMessageContaining("is code, which has to be built");
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void bringsFunctionsAlongThatWereBuilt() throws IOException {
    Files.createDirectories(above.resolve("functions"));
    api.gives(MISSING, "[]");

    PagesDeployment unused =
        pages.deploy(
            PagesUpload.of("site", folder).code(built("_worker.bundle", "_routes.json", ROUTING)),
            call);

    assertThat(sent(DEPLOY).body())
        .contains("of _worker.bundle", "of _routes.json", "of " + ROUTING);
  }

  @Test
  void takesTheRoutesOfTheFolderItself() throws IOException {
    Files.writeString(folder.resolve("_worker.js"), "export default {}");
    Files.writeString(
        folder.resolve("_routes.json"),
        "{\"version\": 1, \"include\": [\"/api/*\"], \"exclude\": []}");
    api.gives(MISSING, "[]");

    PagesDeployment unused =
        pages.deploy(
            PagesUpload.of("site", folder).code(built("_worker.bundle", "_routes.json")), call);

    assertThat(sent(DEPLOY).body())
        .contains("of _worker.bundle", "/api/*")
        .doesNotContain("of _routes.json", "/_worker.js", "/_routes.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no JSON",
        "{\"version\": 2, \"include\": [\"/*\"], \"exclude\": []}",
        "{\"version\": 1, \"include\": [], \"exclude\": []}",
        "{\"version\": 1, \"include\": [\"api\"], \"exclude\": []}"
      })
  void refusesRoutesThatPagesWouldNotTake(String routes) throws IOException {
    Files.writeString(folder.resolve("_worker.js"), "export default {}");
    Files.writeString(folder.resolve("_routes.json"), routes);

    assertThatThrownBy(
            () -> pages.deploy(PagesUpload.of("site", folder).code(built("_worker.bundle")), call))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("_routes.json");
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void refusesMoreRoutesAndLongerOnesThanPagesTakes() throws IOException {
    Files.writeString(folder.resolve("_worker.js"), "export default {}");
    String many = String.join(",", Collections.nCopies(100, "\"/a\""));
    for (String lists :
        List.of(
            "\"include\": [" + many + "], \"exclude\": [\"/b\"]",
            "\"include\": [\"/" + "a".repeat(100) + "\"], \"exclude\": []")) {
      Files.writeString(folder.resolve("_routes.json"), "{\"version\": 1, " + lists + "}");

      assertThatThrownBy(
              () ->
                  pages.deploy(PagesUpload.of("site", folder).code(built("_worker.bundle")), call))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("no more than 100");
    }
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void takesTheWorkerOfTheFolderBeforeTheFunctionsOfTheProject() throws IOException {
    Files.createDirectories(above.resolve("functions"));
    Files.writeString(folder.resolve("_worker.js"), "export default {}");

    assertThatThrownBy(() -> pages.deploy(PagesUpload.of("site", folder), call))
        .hasMessageContaining(folder.resolve("_worker.js").toString());
  }

  @Test
  void sendsTheFilesNearTheTopFirstAndLeavesOutWhatIsNoneOfTheSite() throws IOException {
    for (String name : List.of("a/deep.txt", "node_modules/m.txt", "functions/f.txt")) {
      Files.createDirectories(folder.resolve(name).resolveSibling(""));
      Files.writeString(folder.resolve(name), name);
    }
    api.gives(MISSING, "[]");

    PagesDeployment unused = pages.deploy(PagesUpload.of("site", folder), call);

    assertThat(sent(DEPLOY).body())
        .containsPattern("\\{\"/a.txt\":\"\\w+\",\"/b.txt\":\"\\w+\",\"/a/deep.txt\":\"\\w+\"}");
  }

  @Test
  void tellsChangesThatAreInNoCommitAndSendsRedirects() throws IOException {
    Files.writeString(folder.resolve("_redirects"), "/old /new 301\n");
    api.gives(MISSING, "[]");

    PagesDeployment unused = pages.deploy(PagesUpload.of("site", folder).commitDirty(true), call);

    assertThat(sent(DEPLOY).body())
        .contains("name=\"commit_dirty\"\r\n\r\ntrue\r\n", "/old /new 301")
        .doesNotContain("\"/_redirects\"");
  }

  @Test
  void saysWhatIsMissingWhereNothingWasBuilt() throws IOException {
    Files.createDirectories(above.resolve("functions"));

    assertThatThrownBy(
            () -> pages.deploy(PagesUpload.of("site", folder).code(built(ROUTING)), call))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("holds no _worker.bundle; build it again");
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void deploysWhatTheWranglerFileNamesAndTellsItsHash() throws IOException {
    Path file = above.resolve("wrangler.jsonc");
    Files.writeString(
        file, "{\"name\": \"site\", \"pages_build_output_dir\": \"./public\", \"colour\": 1}");
    api.gives(MISSING, "[]");

    PagesDeployment deployed = pages.deploy(PagesUpload.in(above), call);

    assertThat(deployed.warnings()).singleElement().asString().contains("\"colour\" is unknown");
    assertThat(sent(DEPLOY).body())
        .contains("name=\"wrangler_config_hash\"", Digest.of(Files.readAllBytes(file)).hex())
        .containsPattern("name=\"pages_build_output_dir\"[^-]*public\r\n");
  }

  @Test
  void saysWhatIsMissingWhereNoWranglerFileSpeaksOfPages() {
    assertThatThrownBy(() -> PagesUpload.in(above))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("holds no wrangler file with \"pages_build_output_dir\"");
  }

  @Test
  void sendsNothingWhenTheWranglerFileIsAnotherThanTheOneThatSaidWhatGoesWhere()
      throws IOException {
    Path above = Files.createDirectories(folder.resolve("above"));
    Files.createDirectories(above.resolve("public"));
    Path file = above.resolve("wrangler.jsonc");
    Files.writeString(file, "{\"name\": \"site\", \"pages_build_output_dir\": \"public\"}");
    PagesUpload upload = PagesUpload.in(above);
    Files.writeString(file, "{\"name\": \"site\", \"pages_build_output_dir\": \"other\"}");

    assertThatThrownBy(() -> pages.deploy(upload, call))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("wrangler.jsonc: changed since it said that")
        .hasMessageContaining("nothing was sent");
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void listsAllPagesOfAList() {
    String ten = String.join(",", Collections.nCopies(10, "{\"name\":\"a\"}"));
    api.gives("GET /accounts/acc/pages/projects?page=1&per_page=10", "[" + ten + "]")
        .gives("GET /accounts/acc/pages/projects?page=2&per_page=10", "[{\"name\":\"b\"}]");

    List<JsonNode> projects = pages.projects(call);

    assertThat(projects).hasSize(11);
  }

  /** A folder with these files, each of which says which it is. */
  private Path built(String... names) throws IOException {
    Path built = Files.createDirectories(above.resolve("built"));
    for (String name : names) {
      Files.writeString(built.resolve(name), "text of " + name);
    }
    return built;
  }

  private String hash(String name) throws IOException {
    return AssetHash.of(name, folder.resolve(name));
  }

  private RecordingApi.Asked sent(String line) {
    return api.asked().stream()
        .filter(asked -> asked.line().equals(line))
        .findFirst()
        .orElseThrow();
  }
}
