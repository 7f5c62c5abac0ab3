package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class WranglerVersionsTest {

  private static final String ADD = "POST shop/versions?bindings_inherit=strict";
  private static final String SETTINGS = "shop/script-settings";

  @TempDir private Path folder;
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final Workers workers = api.workers(ManualTime.create());
  private final Wrangler wrangler = Wrangler.with(workers);
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("worker.js"), "export default {}");
  }

  @Test
  void addsAVersionWithoutTouchingWhatIsTheWorkers() throws IOException {
    project(
        "\"logpush\": true, \"observability\": {\"enabled\": true}, \"route\": \"shop.example/*\"");
    api.gives("GET " + SETTINGS, "{\"tags\":[\"mine\"]}")
        .gives("GET shop/versions", "{\"items\":[]}")
        .gives(ADD, "{\"id\":\"v2\"}");

    UploadedVersion uploaded =
        wrangler.uploadVersion(
            WorkerProject.in(folder),
            VersionNote.none().withTag("t").withMessage("m").withAlias("feature"),
            call);

    assertThat(uploaded.version()).isEqualTo("v2");
    assertThat(api.writes()).hasSize(1);
    assertThat(api.writes().get(0).body())
        .contains(
            "{\"workers/message\":\"Dirk: m\",\"workers/tag\":\"t\",\"workers/alias\":\"feature\"}")
        .doesNotContain("logpush", "observability", "code_update_strategy");
  }

  @Test
  void setsTheTagsOfItsEnvironmentIfTheyAreOthers() throws IOException {
    project("\"env\": {\"live\": {\"name\": \"shop\"}}");
    api.gives("GET " + SETTINGS, "{\"tags\":[\"mine\",\"cf:service=old\"]}")
        .gives("GET shop/versions", "{\"items\":[]}")
        .gives(ADD, "{\"id\":\"v2\"}")
        .gives("PATCH " + SETTINGS, "{}");

    UploadedVersion uploaded = upload(WorkerProject.in(folder).environment("live"));

    assertThat(uploaded.warnings()).isEmpty();
    assertThat(api.writes().get(1).body())
        .isEqualTo("{\"tags\":[\"mine\",\"cf:service=shop\",\"cf:environment=live\"]}");
  }

  @Test
  void addsNoVersionToAWorkerThatIsNotThere() throws IOException {
    project("");
    api.refuses("GET " + SETTINGS, 404, 10007, "no such Worker");

    ProviderException failure =
        catchThrowableOfType(ProviderException.class, () -> upload(WorkerProject.in(folder)));

    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(failure).hasMessageContaining("no Worker shop; deploy it first");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void givesTrafficToVersionsAndSetsTheLogSettingsThatAreNamed() throws IOException {
    project("\"logpush\": true");
    versionsAreThere();
    api.gives("POST shop/deployments", "{\"id\":\"d1\"}").gives("PATCH " + SETTINGS, "{}");

    DeployedVersions deployed =
        deploy(VersionsCommand.version("v1", BigDecimal.TEN).andTagged("new").because("try it"));

    assertThat(deployed.split().toString()).contains("v1 10%", "v2 90%");
    assertThat(api.writes()).hasSize(2);
    assertThat(api.writes().get(0).body())
        .contains(
            "[{\"version_id\":\"v1\",\"percentage\":10},{\"version_id\":\"v2\",\"percentage\":90}]",
            "{\"workers/message\":\"try it\"}");
    assertThat(api.writes().get(1).body()).isEqualTo("{\"logpush\":true}");
  }

  @Test
  void tellsThatLogSettingsWereNotTakenOnceTheTrafficHasMoved() throws IOException {
    project("\"logpush\": true");
    versionsAreThere();
    api.gives("POST shop/deployments", "{\"id\":\"d1\"}")
        .refuses("PATCH " + SETTINGS, 403, 10000, "no");

    assertThat(deploy(VersionsCommand.version("v1")).warnings())
        .singleElement()
        .asString()
        .contains("Log settings stay as they were");
  }

  @Test
  void needsNoBuild() throws IOException {
    project("");
    Files.delete(folder.resolve("worker.js"));
    versionsAreThere();
    api.gives("POST shop/deployments", "{\"id\":\"d1\"}");

    assertThat(deploy(VersionsCommand.version("v1")).worker()).isEqualTo("shop");
  }

  @Test
  void changesNothingWhereAVersionIsNotThereOrAmbiguous() throws IOException {
    project("");
    versionsAreThere();

    assertThat(refused(VersionsCommand.version("v9"))).contains("there is no version v9");
    assertThat(refused(VersionsCommand.tagged("none"))).contains("has the tag none");
    assertThat(refused(VersionsCommand.tagged("twice"))).contains("several", "v4, v3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> deploy(VersionsCommand.version("v1").andTagged("old")))
        .withMessageContaining("twice: v1, v1");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void bringsCodeToRunningObjectsAsTheProjectSays() throws IOException {
    project("\"durable_objects\": {\"code_update_strategy\": {\"mode\": \"immediate\"}}");
    versionsAreThere();
    api.gives("POST shop/deployments", "{\"id\":\"d1\"}");

    deploy(VersionsCommand.version("v1"));
    wrangler.rollback(WorkerProject.in(folder), RollbackCommand.of("shop").to("v1"), call);
    WorkerProject slower = WorkerProject.in(folder).updatingDurableObjectsWithin(ofSeconds(9));
    wrangler.deployVersions(slower, VersionsCommand.version("v1"), call);

    assertThat(api.writes())
        .extracting(asked -> asked.body().replaceFirst(".*\"code_update_strategy\":", ""))
        .containsExactly(
            "{\"mode\":\"immediate\"}}",
            "{\"mode\":\"immediate\"}}",
            "{\"mode\":\"deferred\",\"max_delay\":9}}");
  }

  @Test
  void listsTheVersionsThatCanBeDeployedAndShowsOne() {
    versionsAreThere();

    assertThat(wrangler.versions("shop", call)).hasSize(4);
    assertThat(wrangler.version("shop", "v1", call).path("id").asText()).isEqualTo("v1");
    assertThat(
            catchThrowableOfType(
                ProviderException.class, () -> wrangler.version("shop", "v9", call)))
        .hasMessageContaining("no version v9");
  }

  private void versionsAreThere() {
    api.gives("GET shop/versions/v1", "{\"id\":\"v1\"}")
        .gives(
            "GET shop/versions?deployable=true",
            "{\"items\":[%s,%s,%s,%s]}"
                .formatted(
                    tagged("v4", "twice"),
                    tagged("v3", "twice"),
                    tagged("v2", "new"),
                    tagged("v1", "old")))
        .refuses("GET shop/versions/v9", 404, 10222, "no such version");
  }

  private static String tagged(String id, String tag) {
    return "{\"id\":\"%s\",\"annotations\":{\"workers/tag\":\"%s\"}}".formatted(id, tag);
  }

  private String refused(VersionsCommand command) {
    return catchThrowableOfType(ProviderException.class, () -> deploy(command)).getMessage();
  }

  private DeployedVersions deploy(VersionsCommand command) {
    return wrangler.deployVersions(WorkerProject.in(folder), command, call);
  }

  private UploadedVersion upload(WorkerProject project) {
    return wrangler.uploadVersion(project, VersionNote.none(), call);
  }

  private void project(String more) throws IOException {
    ShopProject.write(folder, more);
  }
}
