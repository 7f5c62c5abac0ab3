package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class UploadGuardTest {

  private static final String SERVICE = "GET /accounts/acc/workers/services/shop";
  private static final String TAG = "0123456789abcdef0123456789abcdef";
  private static final String REACHED = "{\"enabled\":true,\"previews_enabled\":true}";

  @TempDir private Path folder;
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final Workers workers = api.workers(ManualTime.create());
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("worker.js"), "export default {}");
    project("");
    api.gives("GET shop/script-settings", "{}")
        .gives("GET /accounts/acc/workers/subdomain", "{\"subdomain\":\"acme\"}")
        .gives("GET shop/versions", "{\"items\":[]}")
        .gives("GET shop/subdomain", REACHED)
        .gives("GET shop/schedules", "{\"schedules\":[]}")
        .gives("GET shop/settings", "{\"bindings\":[]}")
        .gives("POST shop/versions?bindings_inherit=strict", "{\"id\":\"v2\"}")
        .gives("POST shop/deployments", "{\"id\":\"d1\"}")
        .gives("PATCH shop/script-settings", "{}")
        .gives("POST shop/subdomain", "{}");
  }

  @Test
  void tellsThatSomethingElseUploadedThroughTheApi() {
    lastDeployedFrom("api", "");
    serves("{\"id\":\"v1\"}");

    assertThat(deploy(shop()).warnings())
        .singleElement()
        .asString()
        .contains("shop was last uploaded through the API by something else than Dirk");
  }

  @Test
  void refusesThatIfItIsStrict() {
    lastDeployedFrom("api", "");
    serves("{\"id\":\"v1\"}");

    ProviderException refused = refused(shop().strictly());

    assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(refused).hasMessageContaining("not asked to deploy shop: it was last uploaded");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void knowsItsOwnUploads() {
    lastDeployedFrom("api", "");
    for (String annotations :
        List.of(
            "{\"workers/message\":\"Dirk\"}",
            "{\"workers/message\":\"Dirk: the second\",\"workers/tag\":\"v2\"}",
            "{\"workers/tag\":\"dirk:run:1\"}")) {
      serves("{\"id\":\"v1\",\"annotations\":" + annotations + "}");

      assertThat(deploy(shop().strictly()).warnings()).isEmpty();
    }
  }

  @Test
  void seesThroughSecretsThatWereSetSince() {
    lastDeployedFrom("api", "");
    for (String annotations :
        List.of(
            "{\"workers/triggered_by\":\"secret\"}",
            "{\"workers/message\":\"Dirk, secrets: Updated secret\"}")) {
      serves(
          "{\"id\":\"v1\",\"annotations\":"
              + annotations
              + "},{\"id\":\"v0\",\"annotations\":{\"workers/message\":\"Dirk\"}}");

      assertThat(deploy(shop().strictly()).warnings()).isEmpty();
    }
  }

  @Test
  void tellsEachEditOfTheDashboardThatItOverrides() throws IOException {
    project("\"vars\": {\"MODE\": \"live\"}, \"compatibility_flags\": [\"nodejs_compat\"]");
    lastDeployedFrom(
        "dash",
        "\"compatibility_date\":\"2025-01-01\",\"compatibility_flags\":[\"old\"],"
            + "\"observability\":{\"enabled\":true,\"head_sampling_rate\":1}");
    api.instead("GET shop/schedules", "{\"schedules\":[{\"cron\":\"0 0 * * *\"}]}")
        .instead("GET shop/subdomain", "{\"enabled\":false,\"previews_enabled\":false}")
        .instead(
            "GET shop/settings",
            "{\"bindings\":[{\"name\":\"MODE\",\"type\":\"plain_text\",\"text\":\"test\"},"
                + "{\"name\":\"KEY\",\"type\":\"secret_text\"},"
                + "{\"name\":\"DB\",\"type\":\"d1\",\"id\":\"x\"}]}");

    assertThat(deploy(shop()).warnings())
        .singleElement()
        .asString()
        .contains(
            "the compatibility date is 2025-01-01 there, and 2026-03-01 in the project",
            "the compatibility flag old is there, and not in the project",
            "workers.dev is off there, and on in the project",
            "preview URLs is off there",
            "the cron 0 0 * * * is there, and not in the project",
            "observability has another enabled, logs.enabled",
            "Variable MODE has another value",
            "Binding DB is there, and not in the project")
        .doesNotContain("KEY", "nodejs_compat", "live", "test");
  }

  @Test
  void tellsRoutesOfTheDashboardThatTheProjectDoesNotName() throws IOException {
    project("\"route\": {\"pattern\": \"shop.example/*\", \"zone_name\": \"shop.example\"}");
    lastDeployedFrom("dash", "\"compatibility_date\":\"2026-03-01\"");
    api.instead("GET shop/subdomain", "{\"enabled\":false,\"previews_enabled\":false}")
        .gives("GET /accounts/acc/workers/scripts", "[]")
        .gives(
            "GET /accounts/acc/workers/services/shop/environments/production/routes"
                + "?show_zonename=true",
            "[{\"pattern\":\"shop.example/*\"},{\"pattern\":\"shop.example/old/*\"}]");

    assertThat(refused(shop().strictly()))
        .hasMessageContaining("the route shop.example/old/* is there, and not in the project;")
        .hasMessageNotContaining("shop.example/* is there");
  }

  @Test
  void overridesNoEditsOfTheDashboardThatItCannotSee() {
    lastDeployedFrom("dash", "");
    api.insteadRefuses("GET shop/schedules", 403, 10000, "no");

    assertThat(refused(shop())).hasMessageContaining("what was changed in the dashboard");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void takesNoOffenceAtADashboardThatSaysNothingElse() throws IOException {
    project("\"vars\": {\"NEW\": \"1\"}, \"kv_namespaces\": [{\"binding\": \"K\", \"id\": \"a\"}]");
    lastDeployedFrom("dash", "\"compatibility_date\":\"2026-03-01\"");
    api.instead(
        "GET shop/settings",
        "{\"bindings\":[{\"name\":\"K\",\"type\":\"kv_namespace\",\"namespace_id\":\"a\"}]}");

    assertThat(deploy(shop().strictly()).warnings()).isEmpty();
  }

  @Test
  void leavesVariablesOfTheDashboardAloneThatItKeeps() {
    lastDeployedFrom("dash", "\"compatibility_date\":\"2026-03-01\"");
    api.instead(
        "GET shop/settings",
        "{\"bindings\":[{\"name\":\"MODE\",\"type\":\"plain_text\",\"text\":\"test\"}]}");

    assertThat(refused(shop().strictly())).hasMessageContaining("Variable MODE is there");
    assertThat(deploy(shop().keepingVars().strictly()).warnings()).isEmpty();
  }

  @Test
  void tellsThatAVariableTakesThePlaceOfASecret() throws IOException {
    project("\"vars\": {\"KEY\": \"1\"}");
    api.gives("GET shop/secrets", "[{\"name\":\"KEY\"},{\"name\":\"OTHER\"}]");

    assertThat(deploy(shop()).warnings())
        .singleElement()
        .asString()
        .contains("has secrets whose place variables or bindings of the same name take: KEY")
        .doesNotContain("OTHER");
    assertThat(refused(shop().strictly()).kind()).isEqualTo(FailureKind.CONFLICT);
  }

  @Test
  void refusesWhatItCannotFindOutOnlyIfItIsStrict() {
    api.refuses(SERVICE, 403, 10000, "no");

    assertThat(deploy(shop()).warnings())
        .singleElement()
        .asString()
        .contains("It was not checked before the upload whether others changed shop");
    int written = api.writes().size();
    ProviderException refused = refused(shop().strictly());
    assertThat(refused).hasMessageContaining("not to be found out whether others changed shop");
    assertThat(refused.requestId()).contains(StubServer.RAY);
    assertThat(api.writes()).hasSize(written);
  }

  @Test
  void deploysOnlyToTheWorkerThatIsMeant() {
    lastDeployedFrom("wrangler", "\"tag\":\"" + TAG + "\"");

    assertThat(deploy(shop().onlyTo(TAG)).warnings()).isEmpty();
    int written = api.writes().size();
    assertThat(refused(shop().onlyTo("cafe"))).hasMessageContaining("has the tag " + TAG);
    api.instead404(SERVICE, 10090);
    assertThat(refused(shop().onlyTo(TAG))).hasMessageContaining("there is no Worker of this name");
    api.insteadRefuses(SERVICE, 403, 10000, "no");
    assertThat(refused(shop().onlyTo(TAG)))
        .hasMessageContaining("not to be found out whether it is the Worker that is meant");
    assertThat(api.writes()).hasSize(written);
  }

  @Test
  void obeysABuildOfCloudflare() throws IOException {
    Files.writeString(folder.resolve("wrangler.json"), config("elsewhere", ""));
    lastDeployedFrom("wrangler", "\"tag\":\"" + TAG + "\"");
    Map<String, String> variables =
        Map.of(
            "WRANGLER_CI_OVERRIDE_NAME", "shop",
            "WRANGLER_CI_MATCH_TAG", TAG,
            "CLOUDFLARE_ACCOUNT_ID", "acc");

    assertThat(deploy(shop().inBuild(variables)).worker()).isEqualTo("shop");
    Map<String, String> elsewhere =
        Map.of("WRANGLER_CI_MATCH_TAG", TAG, "CLOUDFLARE_ACCOUNT_ID", "other");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> deploy(shop().inBuild(elsewhere)))
        .withMessageContaining("the build is for the account other, not for acc");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> shop().inBuild(Map.of("WRANGLER_CI_MATCH_TAG", TAG)))
        .withMessageContaining("CLOUDFLARE_ACCOUNT_ID");
  }

  @Test
  void guardsVersionsWithoutTrafficToo() {
    lastDeployedFrom("api", "");
    serves("{\"id\":\"v1\"}");

    ProviderException refused =
        catchThrowableOfType(
            ProviderException.class,
            () ->
                Wrangler.with(workers).uploadVersion(shop().strictly(), VersionNote.none(), call));

    assertThat(refused).hasMessageContaining("something else than Dirk");
    assertThat(api.writes()).isEmpty();
  }

  private WorkerProject shop() {
    return WorkerProject.in(folder);
  }

  private DeployedWorker deploy(WorkerProject project) {
    return Wrangler.with(workers).deploy(project, call);
  }

  private ProviderException refused(WorkerProject project) {
    return catchThrowableOfType(ProviderException.class, () -> deploy(project));
  }

  private void lastDeployedFrom(String tool, String more) {
    api.gives(
        SERVICE,
        "{\"default_environment\":{\"script\":{\"last_deployed_from\":\"%s\"%s}}}"
            .formatted(tool, more.isEmpty() ? "" : "," + more));
  }

  /** The first of these serves, and the next are older. */
  private void serves(String versions) {
    api.instead("GET shop/versions", "{\"items\":[" + versions + "]}")
        .instead(
            "GET shop/deployments",
            "{\"deployments\":[{\"versions\":[{\"version_id\":\"v1\",\"percentage\":100}]}]}");
  }

  private void project(String more) throws IOException {
    Files.writeString(folder.resolve("wrangler.json"), config("shop", more));
  }

  private static String config(String name, String more) {
    return "{\"name\": \"%s\", \"main\": \"worker.js\", \"compatibility_date\": \"2026-03-01\"%s}"
        .formatted(name, more.isEmpty() ? "" : ", " + more);
  }
}
