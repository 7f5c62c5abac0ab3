package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Artifact;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Progress;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages as the runbooks see it. */
class PagesDeployerTest {

  private static final Target PRODUCTION = new Target("site", Environment.PRODUCTION);
  private static final Target STAGING = new Target("site", Environment.STAGING);
  private static final String SITE = "/accounts/acc/pages/projects/site";
  private static final String PROJECT = "GET " + SITE;
  private static final String DEPLOY = "POST " + SITE + "/deployments";
  private static final String ONE = "GET " + SITE + "/deployments/d1";

  @TempDir private Path above;
  private Path folder = Path.of("unset");
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));
  private Optional<Path> code = Optional.empty();
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private PagesDeployer deployer;

  @BeforeEach
  void open() throws IOException {
    folder = Files.createDirectories(above.resolve("project"));
    Files.writeString(
        folder.resolve("wrangler.jsonc"),
        "{\"name\": \"site\", \"pages_build_output_dir\": \"dist\"}");
    Files.createDirectories(folder.resolve("dist"));
    Files.writeString(folder.resolve("dist/a.txt"), "a\n");
    Files.writeString(folder.resolve("dist/_headers"), "/*\n  X: y\n");
    api.gives(PROJECT, project("null"))
        .gives("GET " + SITE + "/upload-token", "{\"jwt\":\"first\"}")
        .gives("POST /pages/assets/check-missing", "[]")
        .gives("POST /pages/assets/upsert-hashes", "null")
        .gives(DEPLOY, deployment("deploy", "active"));
    deployer = deployer(Map.of());
  }

  private PagesDeployer deployer(Map<String, String> branches) {
    return new PagesDeployer(
        api.pages(ManualTime.create()),
        new PagesSite(folder, code, branches),
        Duration.ofSeconds(30));
  }

  @Test
  void aReleaseIsTheBuiltFolderWithItsRulesAndTheWranglerFile() {
    assertThat(prepare(PRODUCTION).files())
        .extracting(ContentFile::name)
        .containsExactly("dist/_headers", "dist/a.txt", "wrangler.jsonc");
  }

  @Test
  void theUploadIsTheSwitchAndOnlyProductionThatServesSomethingHasAWayBack() {
    Prepared first = prepare(PRODUCTION);
    api.instead(PROJECT, project(deployment("deploy", "success")));

    assertThat(first.activation()).isEqualTo(Activation.WITH_UPLOAD);
    assertThat(first.reversible()).isFalse();
    assertThat(prepare(PRODUCTION).reversible()).isTrue();
    assertThat(prepare(STAGING).reversible()).isFalse();
  }

  @Test
  void anUploadSendsWhatWasPreparedWhateverTheFolderHoldsNow() throws IOException {
    Prepared prepared = prepare(PRODUCTION);
    Artifact artifact = Artifact.of("1.0", inMemory(prepared));
    Files.delete(folder.resolve("dist/a.txt"));

    Version version =
        deployer.upload(new UploadRequest(prepared, artifact, new StepKey("r", "up")), call);

    String sent = api.writes().get(api.writes().size() - 1).body();
    assertThat(sent)
        .contains("\"/a.txt\"", "name=\"_headers\"", "wrangler_config_hash")
        .contains("dirk:r:up " + artifact.release().digest() + " 1.0")
        .doesNotContain("name=\"branch\"");
    assertThat(version.progress()).isEqualTo(Progress.pending());
  }

  @Test
  void aReleaseHoldsTheWranglerFileThatABuildToolMadeAndLeadsToIt() throws IOException {
    write("dist/made/wrangler.json", "{\"name\": \"site\", \"pages_build_output_dir\": \"../\"}");
    write(
        ".wrangler/deploy/config.json",
        "{\"configPath\": \"" + folder.resolve("dist/made/wrangler.json") + "\"}");
    Prepared prepared = prepare(PRODUCTION);
    Artifact artifact = Artifact.of("1.0", inMemory(prepared));
    deleteAll("dist/made/wrangler.json", "dist/a.txt", "wrangler.jsonc");

    deployer.upload(new UploadRequest(prepared, artifact, new StepKey("r", "up")), call);

    assertThat(prepared.files())
        .extracting(ContentFile::name)
        .containsExactly(
            ".wrangler/deploy/config.json",
            "dist/_headers",
            "dist/a.txt",
            "dist/made/wrangler.json");
    assertThat(sent())
        .contains("name=\"pages_build_output_dir\"\r\n\r\ndist\r\n")
        .contains("\"/a.txt\"");
  }

  @Test
  void aReleaseOfTheProjectFolderItselfHasNoFolderInItsNames() throws IOException {
    write("wrangler.jsonc", "{\"name\": \"site\", \"pages_build_output_dir\": \".\"}");
    write("index.html", "<p>");

    assertThat(prepare(PRODUCTION).files())
        .extracting(ContentFile::name)
        .contains("index.html", "wrangler.jsonc", "dist/a.txt");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFileWithABackslashInItsNameIsRefusedInWords() throws IOException {
    write("dist/a\\b.txt", "a");

    assertThatThrownBy(() -> prepare(PRODUCTION))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("a\\b.txt")
        .hasMessageContaining("has a backslash in its name, which a release cannot carry");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void aFolderOutsideOfTheProjectCannotBeReleased() throws IOException {
    write("wrangler.jsonc", "{\"name\": \"site\", \"pages_build_output_dir\": \"../elsewhere\"}");
    write("../elsewhere/a.txt", "a");

    assertThatThrownBy(() -> prepare(PRODUCTION))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("lies outside of the project's folder");
  }

  @Test
  void aReleaseHoldsTheWranglerFileThatWasUnderstoodOrNone() {
    api.whenAsked(() -> wranglerFile("other"));

    assertThatThrownBy(() -> prepare(PRODUCTION))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("wrangler.jsonc: changed while it was read");
  }

  @Test
  void theWayBackIsThatOfTheProjectThatWasPreparedWhateverTheFileSaysByThen() throws IOException {
    Prepared prepared = prepare(PRODUCTION);
    Artifact artifact = Artifact.of("1.0", inMemory(prepared));
    deployer.upload(new UploadRequest(prepared, artifact, new StepKey("r", "up")), call);
    api.gives("POST " + SITE + "/deployments/d1/rollback", deployment("deploy", "success"));
    wranglerFile("other");
    ActivateRequest back =
        new ActivateRequest(
            PRODUCTION,
            Split.all("d1"),
            new ExpectedBase.Anything(),
            new StepKey("r", "put back production"),
            "sick");

    Deployment put = deployer.activate(back, call);

    assertThat(put.split().sole()).contains("d1");
    assertThatThrownBy(() -> deployer.resource(PRODUCTION))
        .hasMessageContaining("production was the Pages project site when this began")
        .hasMessageContaining("names other by now");
  }

  private void wranglerFile(String project) {
    try {
      Files.writeString(
          folder.resolve("wrangler.jsonc"),
          "{\"name\": \"" + project + "\", \"pages_build_output_dir\": \"dist\"}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aPreviewIsOfTheBranchThatIsCalledAsTheEnvironmentUnlessAnotherIsNamed() {
    deployer.close();
    deployer = deployer(Map.of("staging", "next"));
    Prepared prepared = prepare(STAGING);
    Artifact artifact = Artifact.of("1.0", prepared.files());

    deployer.upload(new UploadRequest(prepared, artifact, new StepKey("r", "up")), call);

    assertThat(api.writes().get(api.writes().size() - 1).body())
        .contains("name=\"branch\"\r\n\r\nnext\r\n");
    assertThat(deployer.resource(STAGING)).isEqualTo("cloudflare:acc/pages/site/preview/next");
    assertThat(deployer.resource(PRODUCTION)).isEqualTo("cloudflare:acc/pages/site/production");
  }

  @Test
  void aPreviewOfTheProductionBranchIsRefusedBeforeAnythingIsSent() {
    deployer.close();
    deployer = deployer(Map.of("staging", "main"));

    assertThatThrownBy(() -> prepare(STAGING))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("which is production of site")
        .extracting(e -> ((ProviderException) e).kind())
        .isEqualTo(FailureKind.INELIGIBLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"functions/api.js", "dist/_worker.js"})
  void codeThatWasNotBuiltIsRefusedSinceTheSiteWouldBeAnotherOneWithoutIt(String source)
      throws IOException {
    write(source, "export default {};\n");

    assertThatThrownBy(() -> prepare(PRODUCTION))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining(folder.resolve(source.replace("/api.js", "")).toString())
        .hasMessageContaining("\"code\" among the deployer's settings");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void anUploadSendsTheCodeThatWasPreparedAlsoOnceItsSourceIsGone() throws IOException {
    write("functions/api.js", "export default {};\n");
    write("built/_worker.bundle", "the code");
    write("built/functions-filepath-routing-config.json", "{\"routes\":[]}");
    write("built/_routes.json", "{\"version\":1,\"include\":[\"/api\"],\"exclude\":[]}");
    withCodeIn("built");
    Prepared prepared = prepare(PRODUCTION);
    Artifact artifact = Artifact.of("1.0", inMemory(prepared));
    deleteAll("functions/api.js", "functions", "built/_worker.bundle", "dist/a.txt");

    deployer.upload(new UploadRequest(prepared, artifact, new StepKey("r", "up")), call);

    assertThat(sent())
        .contains("name=\"_worker.bundle\"", "the code")
        .contains("name=\"functions-filepath-routing-config.json\"", "{\"routes\":[]}")
        .contains("name=\"_routes.json\"", "\"/api\"")
        .contains("{\"/a.txt\":")
        .doesNotContain(".dirk-code");
  }

  @Test
  void theFoldersOwnRulesForItsCodeComeBeforeThoseOfTheBuild() throws IOException {
    write("dist/_worker.js", "export default {};\n");
    write("dist/_routes.json", "{\"version\":1,\"include\":[\"/own\"],\"exclude\":[]}");
    write("built/_worker.bundle", "the code");
    write("built/_routes.json", "{\"version\":1,\"include\":[\"/made\"],\"exclude\":[]}");
    withCodeIn("built");
    Prepared prepared = prepare(PRODUCTION);

    deployer.upload(
        new UploadRequest(prepared, Artifact.of("1.0", prepared.files()), new StepKey("r", "up")),
        call);

    assertThat(sent()).contains("/own", "the code").doesNotContain("/made", "_worker.js");
  }

  @Test
  void anotherCodeIsAnotherRelease() throws IOException {
    write("built/_worker.bundle", "one");
    withCodeIn("built");
    Artifact one = Artifact.of("1.0", inMemory(prepare(PRODUCTION)));
    write("built/_worker.bundle", "two");

    Artifact two = Artifact.of("1.0", inMemory(prepare(PRODUCTION)));

    assertThat(two.release().digest()).isNotEqualTo(one.release().digest());
  }

  @Test
  void aBuildThatWroteNoCodeIsToldBeforeAnythingIsSent() {
    withCodeIn("built");

    assertThatThrownBy(() -> prepare(PRODUCTION))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining(folder.resolve("built").toString())
        .hasMessageContaining("holds no _worker.bundle");
    assertThat(api.writes()).isEmpty();
  }

  private void withCodeIn(String name) {
    code = Optional.of(Path.of(name));
    deployer.close();
    deployer = deployer(Map.of());
  }

  private String sent() {
    return api.writes().get(api.writes().size() - 1).body();
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).resolveSibling(""));
    Files.writeString(folder.resolve(name), text);
  }

  private void deleteAll(String... names) throws IOException {
    for (String name : names) {
      Files.delete(folder.resolve(name));
    }
  }

  @Test
  void nothingIsLeftInTheFolderForTemporaryFiles() throws IOException {
    String name = UUID.randomUUID() + ".txt";
    write("dist/" + name, "mine");
    List<Path> meanwhile = new ArrayList<>();
    api.whenAsked(() -> meanwhile.addAll(unchecked(name)));
    Prepared prepared = prepare(PRODUCTION);

    deployer.upload(
        new UploadRequest(prepared, Artifact.of("1.0", prepared.files()), new StepKey("r", "up")),
        call);

    assertThat(meanwhile).as("while it is sent").isNotEmpty();
    assertThat(leftovers(name)).isEmpty();
  }

  private static List<Path> unchecked(String name) {
    try {
      return leftovers(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those with a file of this name; others deploy at the same time. */
  private static List<Path> leftovers(String name) throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (Stream<Path> all = Files.list(temporary)) {
      return all.filter(path -> path.getFileName().toString().startsWith("dirk-pages-"))
          .filter(path -> Files.exists(path.resolve("site/dist").resolve(name)))
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "queued, success, Pending[]",
    "build, active, Pending[]",
    "deploy, idle, Pending[]",
    "deploy, success, Ready[]",
    "build, failure, Failed[reason=its stage build failed; see its log at Cloudflare]",
    "deploy, canceled, Failed[reason=its stage deploy was cancelled]"
  })
  void theStagesSayHowFarADeploymentIs(String stage, String status, String progress) {
    api.gives(ONE, deployment(stage, status));

    Version now = deployer.refresh(Version.of("d1", PRODUCTION), call);

    assertThat(now.progress()).hasToString(progress);
  }

  @Test
  void whatIsNotToBeSeenYetIsNoFurtherThanItWas() {
    Version pending = Version.of("d1", PRODUCTION).withProgress(Progress.pending());
    api.instead404(ONE, 8000009);

    assertThat(deployer.refresh(pending, call)).isEqualTo(pending);
  }

  @Test
  void whatServedProductionIsPutBackByItsId() {
    api.gives(DEPLOY + "/d1/rollback", deployment("deploy", "success"));

    assertThat(deployer.activate(back(PRODUCTION), call).split()).isEqualTo(Split.all("d1"));
    assertThat(api.lines()).containsExactly(DEPLOY + "/d1/rollback");
  }

  @Test
  void aPreviewIsNotPutBackSincePagesCannot() {
    assertThatThrownBy(() -> deployer.activate(back(STAGING), call))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("deploy the earlier release again");
    assertThat(api.lines()).isEmpty();
  }

  private static ActivateRequest back(Target target) {
    return new ActivateRequest(
        target, Split.all("d1"), new ExpectedBase.Standing("d2"), new StepKey("r", "back"), "why");
  }

  private Prepared prepare(Target target) {
    return deployer.prepare(new PrepareRequest(target), call);
  }

  private static List<ContentFile> inMemory(Prepared prepared) throws IOException {
    List<ContentFile> files = new ArrayList<>();
    for (ContentFile file : prepared.files()) {
      try (InputStream content = file.open()) {
        files.add(ContentFile.of(file.name(), content.readAllBytes()));
      }
    }
    return files;
  }

  private static String project(String canonical) {
    return "{\"name\":\"site\",\"production_branch\":\"main\",\"canonical_deployment\":"
        + canonical
        + "}";
  }

  private static String deployment(String stage, String status) {
    return """
        {"id":"d1","environment":"production","created_on":"2026-01-01T00:00:00Z",
         "latest_stage":{"name":"%s","status":"%s"}}
        """
        .formatted(stage, status);
  }
}
