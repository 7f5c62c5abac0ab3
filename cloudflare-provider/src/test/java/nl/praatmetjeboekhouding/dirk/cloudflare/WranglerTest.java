package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WranglerTest {

  private static final String PUT = "PUT shop?excludeScript=true&bindings_inherit=strict";
  private static final String ADD = "POST shop/versions?bindings_inherit=strict";
  private static final String ZONE = "GET /zones?name=shop.example&account.id=acc";
  private static final String ZONE_ROUTES = "GET /zones/z1/workers/routes";

  @TempDir private Path folder;
  private final ManualTime time = ManualTime.create();
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final Workers workers = api.workers(time);
  private final Wrangler wrangler = Wrangler.with(workers);
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("worker.js"), "export default {}");
    api.gives("GET /accounts/acc/workers/subdomain", "{\"subdomain\":\"us\"}");
  }

  @Test
  void knowsWhatAWorkerIsCalledThatHasAName() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertThat(WorkerProject.in(empty).named("shop").environment("staging").worker())
        .isEqualTo("shop");
  }

  @Test
  void createsAWorkerThatIsNotThereWithAllThatBelongsToIt() throws IOException {
    project("\"triggers\": {\"crons\": [\"0 * * * *\"]}, \"env\": {\"live\": {}}");
    nothingThere("shop-live");
    api.gives(
            "PUT shop-live?excludeScript=true&bindings_inherit=strict",
            "{\"deployment_id\":\"0123456789abcdef0123456789abcdef\"}")
        .gives("PATCH shop-live/script-settings", "{}")
        .gives("POST shop-live/subdomain", "{}")
        .gives("PUT shop-live/schedules", "{}");

    DeployedWorker deployed = wrangler.deploy(WorkerProject.in(folder).environment("live"), call);

    assertThat(deployed.worker()).isEqualTo("shop-live");
    assertThat(deployed.created()).isTrue();
    assertThat(deployed.version()).contains("01234567-89ab-cdef-0123-456789abcdef");
    assertThat(api.writes().get(0).body())
        .contains("\"code_update_strategy\":{\"mode\":\"deferred\",\"max_delay\":300}")
        .contains("\"annotations\":{\"workers/message\":\"Dirk\"}");
    assertThat(writes().subList(1, 4))
        .containsExactlyInAnyOrder(
            "PATCH shop-live/script-settings"
                + " {\"tags\":[\"cf:service=shop\",\"cf:environment=live\"]}",
            "POST shop-live/subdomain {\"enabled\":true}",
            "PUT shop-live/schedules [{\"cron\":\"0 * * * *\"}]");
  }

  @Test
  void letsUnsafeMetadataDecideOnTheCodeUpdate() throws IOException {
    project("\"unsafe\": {\"metadata\": {\"code_update_strategy\": {\"mode\": \"immediate\"}}}");
    isThere("{}");
    versionsAreTaken();

    DeployedWorker unused = wrangler.deploy(WorkerProject.in(folder), call);

    assertThat(writes().get(1)).contains("\"code_update_strategy\":{\"mode\":\"immediate\"}");
  }

  @Test
  void givesAllTrafficToANewVersionOfAWorkerThatIsThere() throws IOException {
    project("\"logpush\": true");
    isThere("{\"tags\":[\"mine\",\"cf:service=old\"]}");
    versionsAreTaken();
    DeployNote note = DeployNote.none().withTag("v2").withMessage("the second");

    DeployedWorker deployed = wrangler.deploy(WorkerProject.in(folder), note, call);

    assertThat(deployed.version()).contains("v2");
    assertThat(deployed.created()).isFalse();
    assertThat(api.writes().get(0).body())
        .contains(
            "\"annotations\":{\"workers/message\":\"Dirk: the second\",\"workers/tag\":\"v2\"}")
        .doesNotContain("code_update_strategy");
    assertThat(writes().subList(1, 4))
        .containsExactlyInAnyOrder(
            "POST shop/deployments {\"strategy\":\"percentage\",\"versions\":[{\"version_id\":\"v2\","
                + "\"percentage\":100}],\"annotations\":{\"workers/message\":\"the second\"},"
                + "\"code_update_strategy\":{\"mode\":\"deferred\",\"max_delay\":300}}",
            "PATCH shop/script-settings {\"logpush\":true,\"observability\":{\"enabled\":false},"
                + "\"tags\":[\"mine\"]}",
            "POST shop/subdomain {\"enabled\":true}");
  }

  @Test
  void sendsNothingWhenARouteLeadsToAnotherWorker() throws IOException {
    project("\"routes\": [\"shop.example/*\"]");
    nothingThere("shop");
    api.gives(ZONE, "[{\"id\":\"z1\"}]")
        .gives(ZONE_ROUTES, "[{\"pattern\":\"shop.example/*\",\"script\":\"blog\"}]");

    ProviderException refused = refused();

    assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(refused).hasMessageContaining("shop.example/*").hasMessageContaining("blog");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void sendsNothingWhenNobodyWouldReachTheWorkerForWantOfAZone() throws IOException {
    project("\"routes\": [\"api.shop.example/*\"]");
    nothingThere("shop");
    api.gives("GET /zones?name=api.shop.example&account.id=acc", "[]").gives(ZONE, "[]");

    ProviderException refused = refused();

    assertThat(refused.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(refused).hasMessageContaining("api.shop.example/*");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void warnsOfRoutesThatTheTokenMayNotCheck() throws IOException {
    project("\"routes\": [\"shop.example/*\"]");
    nothingThere("shop");
    api.refuses(ZONE, 403, 10000, "Authentication error")
        .gives(PUT, "{}")
        .gives("POST shop/subdomain", "{}")
        .gives("PUT shop/routes", "[]");

    DeployedWorker deployed = wrangler.deploy(WorkerProject.in(folder), call);

    assertThat(deployed.warnings()).singleElement().asString().contains("Zone Read");
    assertThat(writes().subList(1, 3))
        .containsExactlyInAnyOrder(
            "POST shop/subdomain {\"enabled\":false}",
            "PUT shop/routes [{\"pattern\":\"shop.example/*\"}]");
  }

  @Test
  void leavesRoutesAloneThatItMayNotReplaceAndSaysSo() throws IOException {
    project("\"routes\": [\"shop.example/*\"]");
    nothingThere("shop");
    api.gives(ZONE, "[{\"id\":\"z1\"}]")
        .gives(ZONE_ROUTES, "[{\"id\":\"r\",\"pattern\":\"shop.example/old\",\"script\":\"shop\"}]")
        .gives(PUT, "{}")
        .gives("POST shop/subdomain", "{}")
        .refuses("PUT shop/routes", 403, 10000, "Authentication error")
        .gives("POST /zones/z1/workers/routes", "{}");

    DeployedWorker deployed = wrangler.deploy(WorkerProject.in(folder), call);

    assertThat(deployed.warnings()).singleElement().asString().contains("shop.example/old");
    assertThat(writes())
        .contains(
            "POST /zones/z1/workers/routes {\"pattern\":\"shop.example/*\",\"script\":\"shop\"}");
  }

  @Test
  void sendsNothingWithoutAWorkersDevSubdomainThatIsWanted() throws IOException {
    project("\"workers_dev\": true");
    nothingThere("shop");
    api.instead404("GET /accounts/acc/workers/subdomain", 10007);

    ProviderException refused = refused();

    assertThat(refused).hasMessageContaining("workers.dev").hasMessageContaining("register");
    assertThat(api.writes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"403, 10000", "404, 7003", "503, 10013"})
  void deploysWhereItIsNotToBeKnownWhetherThereIsAWorkersDevSubdomain(int status, int code)
      throws IOException {
    project("\"workers_dev\": true");
    nothingThere("shop");
    api.instead(PUT, "{}")
        .gives("POST shop/subdomain", "{}")
        .insteadRefuses("GET /accounts/acc/workers/subdomain", status, code, "no answer");

    DeployedWorker deployed = wrangler.deploy(WorkerProject.in(folder), call);

    assertThat(deployed.warnings())
        .singleElement()
        .asString()
        .startsWith("It was not checked before the upload whether the account acc")
        .contains(Integer.toString(status));
  }

  @Test
  void sendsNothingToAnotherAccountThanTheProjects() throws IOException {
    project("\"account_id\": \"another\"");

    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class, () -> wrangler.deploy(WorkerProject.in(folder), call));

    assertThat(refused).hasMessageContaining("account");
    assertThat(api.lines()).isEmpty();
  }

  @Test
  void saysWhichVersionWaitsWhenItCouldNotBeDeployed() throws IOException {
    project("\"workers_dev\": true");
    isThere("{}");
    api.gives(ADD, "{\"id\":\"v2\"}")
        .refuses("POST shop/deployments", 409, 10035, "at the same time");

    ProviderException refused = refused();

    assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(refused.vendorCodes()).containsExactly("10035");
    assertThat(refused).hasMessageContaining("version v2 is uploaded");
  }

  @Test
  void setsTheOtherTriggersWhenOneIsRefusedAndSaysWhatIsLive() throws IOException {
    project(
        "\"workers_dev\": true, \"routes\": [\"shop.example/*\"], \"triggers\": {\"crons\": []}");
    isThere("{}");
    versionsAreTaken();
    api.gives(ZONE, "[{\"id\":\"z1\"}]")
        .gives(ZONE_ROUTES, "[]")
        .refuses("PUT shop/routes", 409, 10020, "same pattern")
        .gives("PUT shop/schedules", "{}");

    ProviderException refused = refused();

    assertThat(refused).hasMessageContaining("routes").hasMessageContaining("version v2 is live");
    assertThat(writes()).contains("PUT shop/schedules []");
  }

  @Test
  void doesNotSayThatATriggerIsNotSetWhereNobodyKnows() throws IOException {
    project("\"workers_dev\": true, \"triggers\": {\"crons\": []}");
    isThere("{}");
    versionsAreTaken();
    api.refuses("PUT shop/schedules", 502, 10013, "broke down");

    assertThat(refused())
        .hasMessageStartingWith("perhaps not set: crons, ")
        .hasMessageContaining("set: workers.dev;");
  }

  @Test
  void doesNotSayThatAVersionIsNotLiveWhereNobodyKnows() throws IOException {
    project("\"workers_dev\": true");
    isThere("{}");
    api.gives(ADD, "{\"id\":\"v2\"}").refuses("POST shop/deployments", 502, 10013, "broke down");

    assertThat(refused()).hasMessageEndingWith("version v2 is uploaded and perhaps live");
  }

  @Test
  void doesNotSayThatTagsStayAsTheyWereWhereNobodyKnows() throws IOException {
    project("\"workers_dev\": true");
    isThere("{}");
    api.refuses("PATCH shop/script-settings", 502, 10013, "broke down");
    versionsAreTaken();

    assertThat(wrangler.deploy(WorkerProject.in(folder), call).warnings())
        .singleElement()
        .asString()
        .startsWith("Tags and log settings may stay as they were: ");
  }

  @Test
  void warnsWhenTagsAreNotTaken() throws IOException {
    project("\"workers_dev\": true");
    isThere("{}");
    api.refuses("PATCH shop/script-settings", 400, 100102, "tags");
    versionsAreTaken();

    DeployedWorker deployed = wrangler.deploy(WorkerProject.in(folder), call);

    assertThat(deployed.warnings()).singleElement().asString().contains("Tags and log settings");
  }

  @Test
  void changesNothingWhenTheTimeIsOver() throws IOException {
    project("\"workers_dev\": true");
    isThere("{}");
    api.whenAsked(() -> time.advance(call.timeout()));

    ProviderException late = refused();

    assertThat(late.kind()).isEqualTo(FailureKind.NOT_SENT);
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void putsANewWorkerAgainThatDidNotComeThrough() throws IOException {
    project("\"workers_dev\": true");
    nothingThere("shop");
    api.refuses(PUT, 500, 10013, "unknown error")
        .refuses(PUT, 503, 10013, "unknown error")
        .gives(PUT, "{\"deployment_id\":\"0123456789abcdef0123456789abcdef\"}")
        .refuses("GET shop/deployments", 404, 10007, "no Worker")
        .gives("POST shop/subdomain", "{}");

    DeployedWorker deployed = wrangler.deploy(WorkerProject.in(folder), call);

    assertThat(deployed.version()).isPresent();
    assertThat(api.lines().stream().filter(PUT::equals)).hasSize(3);
  }

  @Test
  void doesNotPutANewWorkerAgainThatCameThrough() throws IOException {
    project("\"workers_dev\": true");
    nothingThere("shop");
    api.refuses(PUT, 502, 10013, "unknown error")
        .gives(
            "GET shop/deployments", "{\"deployments\":[" + deployment("1", "08", "v1:100") + "]}")
        .gives("POST shop/subdomain", "{}");

    DeployedWorker deployed = wrangler.deploy(WorkerProject.in(folder), call);

    assertThat(deployed.version()).contains("v1");
    assertThat(api.lines().stream().filter(PUT::equals)).hasSize(1);
  }

  @Test
  void givesUpAfterThreeAttempts() throws IOException {
    project("\"workers_dev\": true");
    nothingThere("shop");
    api.refuses(PUT, 500, 10013, "unknown error")
        .refuses("GET shop/deployments", 404, 10007, "no Worker");

    assertThat(refused().kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(api.writes()).hasSize(3);
  }

  @Test
  void addsAVersionAgainOnlyIfNoneCameMeanwhile() throws IOException {
    project("\"workers_dev\": true");
    isThere("{}");
    api.refuses(ADD, 500, 10013, "unknown error")
        .instead("GET shop/versions", "{\"items\":[{\"id\":\"v1\"}]}")
        .gives("GET shop/versions", "{\"items\":[{\"id\":\"v1\"}]}")
        .gives("GET shop/versions", "{\"items\":[{\"id\":\"v2\"},{\"id\":\"v1\"}]}");

    ProviderException refused = refused();

    assertThat(refused.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(api.writes()).extracting(RecordingApi.Asked::line).containsExactly(ADD, ADD);
  }

  @Test
  void sendsADeploymentOfUnknownFateOnce() throws IOException {
    project("\"workers_dev\": true");
    isThere("{}");
    api.gives(ADD, "{\"id\":\"v2\"}").refuses("POST shop/deployments", 500, 10013, "unknown");

    assertThat(refused()).hasMessageContaining("version v2 is uploaded");
    assertThat(api.writes()).hasSize(2);
  }

  @Test
  void rollsBackToTheNewestEarlierVersionThatHadAllTraffic() {
    api.gives(
            "GET shop/deployments",
            "{\"deployments\":["
                + deployment("3", "10", "v3:100")
                + ","
                + deployment("4", "11", "v4:100")
                + ","
                + deployment("2", "09", "v1:50,v2:50")
                + ","
                + deployment("1", "08", "v1:100")
                + "]}")
        .gives("GET shop/versions/v3", "{\"id\":\"v3\"}")
        .gives("POST shop/deployments", "{\"id\":\"d5\"}");

    wrangler.rollback(RollbackCommand.of("shop"), call);

    assertThat(writes())
        .containsExactly(
            "POST shop/deployments {\"strategy\":\"percentage\",\"versions\":[{\"version_id\":\"v3\","
                + "\"percentage\":100}],\"annotations\":{\"workers/message\":\"Rollback\"},"
                + "\"code_update_strategy\":{\"mode\":\"deferred\",\"max_delay\":300}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "..", "../v1", "v1?force=true"})
  void rollsBackToNothingThatIsNoId(String version) {
    assertThatThrownBy(() -> RollbackCommand.of("shop").to(version))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version must be an id");
  }

  @Test
  void passesOverASplitOnTheWayBack() {
    api.gives(
            "GET shop/deployments",
            "{\"deployments\":["
                + deployment("3", "10", "v3:100")
                + ","
                + deployment("2", "09", "v1:50,v2:50")
                + ","
                + deployment("1", "08", "v1:100")
                + "]}")
        .gives("GET shop/versions/v1", "{\"id\":\"v1\"}")
        .gives("POST shop/deployments", "{\"id\":\"d4\"}");

    wrangler.rollback(RollbackCommand.of("shop").because("too slow"), call);

    assertThat(api.writes().get(0).body())
        .contains("\"version_id\":\"v1\"")
        .contains("\"workers/message\":\"too slow\"");
  }

  @Test
  void rollsBackToAVersionThatIsNamed() {
    api.gives("GET shop/versions/v1", "{\"id\":\"v1\"}").gives("POST shop/deployments", "{}");

    wrangler.rollback(RollbackCommand.of("shop").to("v1"), call);

    assertThat(api.writes().get(0).body()).contains("\"version_id\":\"v1\"");
  }

  @Test
  void refusesAVersionThatIsNotThere() {
    api.refuses("GET shop/versions/v9", 404, 10222, "no version");

    ProviderException refused =
        catchThrowableOfType(
            ProviderException.class,
            () -> wrangler.rollback(RollbackCommand.of("shop").to("v9"), call));

    assertThat(refused.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void saysThatThereIsNothingToGoBackTo() {
    api.gives(
        "GET shop/deployments", "{\"deployments\":[" + deployment("1", "08", "v1:100") + "]}");

    ProviderException refused =
        catchThrowableOfType(
            ProviderException.class, () -> wrangler.rollback(RollbackCommand.of("shop"), call));

    assertThat(refused).hasMessageContaining("name a version");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void goesBackOverAChangedSecretOnlyIfAsked() {
    api.gives("GET shop/versions/v1", "{\"id\":\"v1\"}")
        .refuses("POST shop/deployments", 400, 10220, "The following secrets have changed: KEY")
        .gives("POST shop/deployments?force=true", "{}");
    RollbackCommand command = RollbackCommand.of("shop").to("v1");

    ProviderException refused =
        catchThrowableOfType(ProviderException.class, () -> wrangler.rollback(command, call));
    wrangler.rollback(command.evenWithChangedSecrets(), call);

    assertThat(refused.kind()).isEqualTo(FailureKind.INELIGIBLE);
    assertThat(api.writes())
        .extracting(RecordingApi.Asked::line)
        .containsExactly(
            "POST shop/deployments", "POST shop/deployments", "POST shop/deployments?force=true");
  }

  @Test
  void listsDeploymentsOfAWorkerThatIsThere() {
    api.gives("GET shop/deployments", "{\"deployments\":[" + deployment("1", "08", "v1:100") + "]}")
        .refuses("GET other/deployments", 404, 10007, "no Worker");

    assertThat(wrangler.deployments("shop", call)).hasSize(1);
    assertThat(
            catchThrowableOfType(
                ProviderException.class, () -> wrangler.deployments("other", call)))
        .hasMessageContaining("other");
  }

  private void project(String members) throws IOException {
    ShopProject.write(folder, members);
  }

  private void nothingThere(String worker) {
    for (String part : List.of("script-settings", "subdomain", "versions")) {
      api.refuses("GET " + worker + "/" + part, 404, 10007, "no Worker");
    }
  }

  private void isThere(String settings) {
    api.gives("GET shop/script-settings", settings)
        .gives("GET shop/subdomain", "{\"enabled\":true}")
        .gives("GET shop/versions", "{\"items\":[{\"id\":\"v1\"}]}");
  }

  private void versionsAreTaken() {
    api.gives(ADD, "{\"id\":\"v2\"}")
        .gives("POST shop/deployments", "{\"id\":\"d2\"}")
        .gives("PATCH shop/script-settings", "{}")
        .gives("POST shop/subdomain", "{}");
  }

  private ProviderException refused() {
    return catchThrowableOfType(
        ProviderException.class, () -> wrangler.deploy(WorkerProject.in(folder), call));
  }

  private List<String> writes() {
    return api.writes().stream().map(asked -> asked.line() + " " + asked.body()).toList();
  }

  private static String deployment(String id, String hour, String shares) {
    String versions =
        shares.replaceAll("(\\w+):(\\d+)", "{\"version_id\":\"$1\",\"percentage\":$2}");
    return "{\"id\":\"d%s\",\"created_on\":\"2026-03-01T%s:00:00Z\",\"versions\":[%s]}"
        .formatted(id, hour, versions);
  }
}
