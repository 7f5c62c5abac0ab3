package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Overrides;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Artifact;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudflareDeployerTest {

  private static final Target PRODUCTION = new Target("shop", Environment.PRODUCTION);
  private static final StepKey KEY = new StepKey("run-7", "upload production");
  private static final String ZONE = "GET /zones?name=shop.example&account.id=acc";
  private static final String ZONE_ROUTES = "GET /zones/z1/workers/routes";
  private static final String ACCOUNT_SUBDOMAIN = "GET /accounts/acc/workers/subdomain";
  private static final String LIVE =
      "{\"id\":\"d1\",\"created_on\":\"2026-03-01T10:00:00Z\",\"annotations\":{},"
          + "\"versions\":[{\"version_id\":\"v1\",\"percentage\":100}]}";

  @TempDir private Path folder;
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private CloudflareDeployer deployer;
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));

  @BeforeEach
  void openAProject() throws IOException {
    Files.writeString(folder.resolve("worker.mjs"), "export default {}");
    Files.writeString(
        folder.resolve("wrangler.json"),
        """
        {"name": "shop", "main": "worker.mjs", "compatibility_date": "2026-03-01",
         "vars": {"A": "1"}, "routes": ["shop.example/*"], "triggers": {"crons": ["0 * * * *"]}}
        """);
    deployer =
        new CloudflareDeployer(
            api.workers(TimeSource.system()),
            new Projects(folder, Map.of(), Overrides.none()),
            Duration.ofSeconds(30));
    api.gives(
        "GET /accounts/acc/workers/workers/shop/versions/latest",
        "{\"id\":\"v1\",\"bindings\":[],\"annotations\":{\"workers/message\":\"sha256:"
            + "0".repeat(64)
            + " 1.1\"}}");
  }

  @Test
  void namesTheWorkerAsTheResourceWithoutAskingAnybody() {
    assertThat(deployer.resource(PRODUCTION)).isEqualTo("cloudflare:acc/worker/shop");

    assertThat(api.lines()).isEmpty();
  }

  @Test
  void putsAWorkerThatWasNeverDeployed() {
    api.refuses("GET shop/deployments", 404, 10007, "no Worker")
        .gives("PUT shop?excludeScript=true&bindings_inherit=strict", "{\"id\":\"shop\"}")
        .gives("GET shop/versions", "{\"items\":[" + version("v1", KEY.text()) + "]}");

    Prepared prepared = deployer.prepare(new PrepareRequest(PRODUCTION), call);
    Version version = deployer.upload(request(prepared), call);

    assertThat(prepared.activation()).isEqualTo(Activation.WITH_UPLOAD);
    assertThat(prepared.reversible()).isFalse();
    assertThat(version.id()).isEqualTo("v1");
    assertThat(api.writes()).hasSize(1);
    String body = api.writes().get(0).body();
    assertThat(body)
        .contains("name=\"metadata\"")
        .contains("\"code_update_strategy\":{\"mode\":\"deferred\",\"max_delay\":300}")
        .contains("\"keep_bindings\":[\"secret_text\",\"secret_key\"]")
        .contains("\"workers/tag\":\"" + KEY.text() + "\"")
        .contains("name=\"worker.js\"; filename=\"worker.js\"")
        .contains("Content-Type: application/javascript+module")
        .contains("export default {}");
    assertThat(api.writes().get(0).headers().get("Authorization")).containsExactly("Bearer s3cret");
  }

  @Test
  void movesTrafficAsTheProjectSaysThatRunningObjectsGetNewCode() throws IOException {
    Files.writeString(
        folder.resolve("wrangler.json"),
        "{\"name\": \"shop\", \"main\": \"worker.mjs\", \"durable_objects\":"
            + " {\"code_update_strategy\": {\"mode\": \"immediate\"}}}");
    api.gives("POST shop/deployments", LIVE);

    Deployment unused = deployer.activate(activation(), call);

    assertThat(api.writes().get(0).body())
        .contains("\"code_update_strategy\":{\"mode\":\"immediate\"}");
  }

  @Test
  void addsAVersionToAWorkerThatIsLiveAndReadsItsReleaseBack() {
    api.gives("GET shop/deployments", "{\"deployments\":[" + LIVE + "]}")
        .gives("POST shop/versions?bindings_inherit=strict", version("v2", "x"));

    Prepared prepared = deployer.prepare(new PrepareRequest(PRODUCTION), call);
    UploadRequest request = request(prepared);
    Version version = deployer.upload(request, call);

    assertThat(prepared.activation()).isEqualTo(Activation.SPLIT);
    assertThat(version.id()).isEqualTo("v2");
    assertThat(version.key()).contains(KEY.text());
    String body = api.writes().get(0).body();
    assertThat(body).doesNotContain("code_update_strategy");
    String message = body.replaceAll("(?s).*\"workers/message\":\"([^\"]*)\".*", "$1");
    api.gives(
        "GET shop/versions/v2",
        "{\"id\":\"v2\",\"annotations\":{\"workers/message\":\"" + message + "\"}}");
    assertThat(deployer.version(PRODUCTION, "v2", call).orElseThrow().release())
        .contains(request.artifact().release());
  }

  @Test
  void refusesAModuleThatChangedAfterItWasPrepared() throws IOException {
    api.gives("GET shop/deployments", "{\"deployments\":[" + LIVE + "]}");
    Prepared prepared = deployer.prepare(new PrepareRequest(PRODUCTION), call);
    UploadRequest request = request(prepared);
    Files.writeString(folder.resolve("worker.mjs"), "export default {changed: true}");

    ProviderException refused =
        catchThrowableOfType(ProviderException.class, () -> deployer.upload(request, call));

    assertThat(refused.kind()).isEqualTo(FailureKind.NOT_SENT);
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void keepsToTheWorkerThatWasPreparedWhateverABuildMakesOfTheFolder() throws IOException {
    api.gives("GET shop/deployments", "{\"deployments\":[" + LIVE + "]}")
        .gives("POST shop/versions?bindings_inherit=strict", version("v2", "x"))
        .gives("POST shop/deployments", LIVE)
        .gives("PUT shop/schedules", "[]");
    Prepared prepared = deployer.prepare(new PrepareRequest(PRODUCTION), call);
    Version unused = deployer.upload(request(prepared), call);
    built("other");

    Deployment switched = deployer.activate(activation(), call);
    deployer.set(PRODUCTION, new LiveSetting("schedules", "[]", "no crons"), KEY, call);
    Optional<Deployment> serving = deployer.active(PRODUCTION, call);

    assertThat(switched.id()).isEqualTo("d1");
    assertThat(serving).isPresent();
    assertThat(api.lines()).noneMatch(line -> line.contains("other"));
  }

  @Test
  void beginsNothingOnceTheFolderIsAboutAnotherWorkerUntilThatIsPlanned() throws IOException {
    api.gives("GET shop/deployments", "{\"deployments\":[" + LIVE + "]}");
    Prepared unused = deployer.prepare(new PrepareRequest(PRODUCTION), call);
    built("other");

    ProviderException refused =
        catchThrowableOfType(ProviderException.class, () -> deployer.resource(PRODUCTION));
    api.gives("GET other/deployments", "{\"deployments\":[" + LIVE + "]}");
    Prepared planned = deployer.prepare(new PrepareRequest(PRODUCTION), call);

    assertThat(refused.kind()).isEqualTo(FailureKind.NOT_SENT);
    assertThat(refused)
        .hasMessageContaining("production was the Worker shop when this began")
        .hasMessageContaining("names other by now")
        .hasMessageContaining(".wrangler/deploy/config.json")
        .hasMessageContaining("plan anew");
    assertThat(planned.resource()).isEqualTo("cloudflare:acc/worker/other");
    assertThat(deployer.resource(PRODUCTION)).isEqualTo("cloudflare:acc/worker/other");
  }

  @Test
  void changesNoOtherWorkerInARunDuringWhichAnotherDeployWasPlanned() throws IOException {
    api.gives("GET shop/deployments", "{\"deployments\":[" + LIVE + "]}")
        .gives("GET other/deployments", "{\"deployments\":[" + LIVE + "]}")
        .gives("POST shop/versions?bindings_inherit=strict", version("v2", "x"));
    Prepared prepared = deployer.prepare(new PrepareRequest(PRODUCTION), call);
    Version unused = deployer.upload(request(prepared), call);
    built("other");
    Prepared unusedToo = deployer.prepare(new PrepareRequest(PRODUCTION), call);

    ProviderException refused =
        catchThrowableOfType(ProviderException.class, () -> deployer.activate(activation(), call));

    assertThat(refused.kind()).isEqualTo(FailureKind.NOT_SENT);
    assertThat(refused).hasMessageContaining("production was the Worker shop when this began");
    assertThat(api.writes()).hasSize(1);
  }

  @Test
  void activatesTheSplitWithItsKeyInTheMessage() throws IOException {
    api.gives("POST shop/deployments", LIVE);

    Deployment deployment = deployer.activate(activation(), call);

    assertThat(deployment.id()).isEqualTo("d1");
    JsonNode sent = new ObjectMapper().readTree(api.writes().get(0).body());
    assertThat(sent)
        .hasToString(
            "{\"strategy\":\"percentage\",\"versions\":[{\"version_id\":\"v1\",\"percentage\":100}],"
                + "\"annotations\":{\"workers/message\":\""
                + KEY.text()
                + " because\"},"
                + "\"code_update_strategy\":{\"mode\":\"deferred\",\"max_delay\":300}}");
  }

  @Test
  void sendsAWriteOnceAndSaysThatItMayHaveWorkedWhenCloudflareBreaksDown() {
    api.refuses("POST shop/deployments", 500, 10013, "unknown error");

    ProviderException failed =
        catchThrowableOfType(ProviderException.class, () -> deployer.activate(activation(), call));

    assertThat(failed.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failed.kind().changedNothing()).isFalse();
    assertThat(api.writes()).hasSize(1);
  }

  @Test
  void doesNotTakeAMissingPageForAWorkerThatWasNeverDeployed() {
    api.answers("GET shop/deployments", 404, "<html>no such page</html>");

    ProviderException failed =
        catchThrowableOfType(ProviderException.class, () -> deployer.active(PRODUCTION, call));

    assertThat(failed.kind()).isEqualTo(FailureKind.NOT_FOUND);
  }

  @Test
  void takesTheVersionThatThePutNamesWithoutAskingForIt() {
    api.refuses("GET shop/deployments", 404, 10007, "no Worker")
        .gives(
            "PUT shop?excludeScript=true&bindings_inherit=strict",
            "{\"id\":\"shop\",\"deployment_id\":\"0123456789abcdef0123456789abcdef\"}");
    Prepared prepared = deployer.prepare(new PrepareRequest(PRODUCTION), call);

    Version version = deployer.upload(request(prepared), call);

    assertThat(version.id()).isEqualTo("01234567-89ab-cdef-0123-456789abcdef");
    assertThat(version.key()).contains(KEY.text());
    assertThat(api.lines()).endsWith("PUT shop?excludeScript=true&bindings_inherit=strict");
  }

  @Test
  void refusesAProjectOfAnotherAccount() throws IOException {
    Files.writeString(
        folder.resolve("wrangler.json"),
        """
        {"name": "shop", "main": "worker.mjs", "compatibility_date": "2026-03-01",
         "account_id": "another"}
        """);

    ProviderException refused =
        catchThrowableOfType(
            ProviderException.class, () -> deployer.prepare(new PrepareRequest(PRODUCTION), call));

    assertThat(refused.kind()).isEqualTo(FailureKind.NOT_SENT);
    assertThat(refused).hasMessageContaining("account_id");
    assertThat(api.lines()).isEmpty();
  }

  @Test
  void waitsThreeTimesAsLongAsAnybodyWasSeenToWaitForCloudflaresLists() {
    assertThat(CloudflareDeployer.SETTLE_WINDOW).isEqualTo(Duration.ofSeconds(30));
    assertThat(deployer.guarantees().settleWindow()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void addressesAVersionByCloudflaresOverride() {
    Endpoint endpoint =
        Endpoint.of(URI.create("https://shop.example/health"), new IdentityRule.None());

    Endpoint reached = deployer.reach(Version.of("v2", PRODUCTION), endpoint).orElseThrow();

    assertThat(reached.headers())
        .containsEntry("Cloudflare-Workers-Version-Overrides", "shop=\"v2\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2fa-api", "_shop"})
  void addressesNoVersionOfAWorkerWhoseNameCloudflareWouldNotRead(String name) throws IOException {
    Files.writeString(
        folder.resolve("wrangler.json"),
        "{\"name\": \"%s\", \"main\": \"worker.mjs\"}".formatted(name));
    Endpoint endpoint =
        Endpoint.of(URI.create("https://shop.example/health"), new IdentityRule.None());

    assertThat(deployer.reach(Version.of("v2", PRODUCTION), endpoint)).isEmpty();
  }

  @Test
  void refusesARouteOfAnotherWorkerBeforeAnythingIsUploaded() {
    api.refuses("GET shop/deployments", 404, 10007, "no Worker")
        .gives(ZONE, "[{\"id\":\"z1\"}]")
        .gives(ZONE_ROUTES, "[{\"pattern\":\"shop.example/*\",\"script\":\"blog\"}]");

    ProviderException refused = refusedToPrepare();

    assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(refused)
        .hasMessage(
            "Cloudflare was not asked to deploy shop: the route shop.example/* leads to the Worker"
                + " blog; free it first");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void refusesAWorkerThatOnlyARouteOfNoZoneWouldLeadTo() {
    api.refuses("GET shop/deployments", 404, 10007, "no Worker")
        .refuses("GET shop/subdomain", 404, 10007, "no Worker")
        .gives(ZONE, "[]");

    ProviderException refused = refusedToPrepare();

    assertThat(refused.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(refused).hasMessageContaining("no zone for the route shop.example/*");
  }

  @Test
  void takesARouteThatIsItsOwnAlready() {
    api.gives("GET shop/deployments", "{\"deployments\":[" + LIVE + "]}")
        .gives("GET shop/subdomain", "{\"enabled\":false}")
        .gives(ZONE, "[{\"id\":\"z1\"}]")
        .gives(ZONE_ROUTES, "[{\"pattern\":\"shop.example/*\",\"script\":\"shop\"}]");

    Prepared prepared = deployer.prepare(new PrepareRequest(PRODUCTION), call);

    assertThat(prepared.warnings()).isEmpty();
  }

  @Test
  void warnsOfRoutesThatCouldNotBeChecked() {
    api.gives("GET shop/deployments", "{\"deployments\":[" + LIVE + "]}")
        .gives("GET shop/subdomain", "{\"enabled\":false}")
        .refuses(ZONE, 403, 10000, "Authentication error");

    Prepared prepared = deployer.prepare(new PrepareRequest(PRODUCTION), call);

    assertThat(prepared.warnings())
        .singleElement()
        .asString()
        .startsWith("The routes were not checked before the upload")
        .contains("Zone Read and Workers Routes Read");
  }

  @Test
  void refusesWorkersDevOfAnAccountThatHasNone() throws IOException {
    onWorkersDev();
    api.refuses("GET shop/deployments", 404, 10007, "no Worker")
        .refuses(ACCOUNT_SUBDOMAIN, 404, 10007, "no subdomain");

    ProviderException refused = refusedToPrepare();

    assertThat(refused.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(refused)
        .hasMessage(
            "Cloudflare was not asked to deploy shop: the account acc has no workers.dev subdomain;"
                + " register one in the dashboard under Workers, or set \"workers_dev\": false in"
                + " the wrangler file");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void warnsOfWorkersDevWhereTheTokenMayNotLook() throws IOException {
    onWorkersDev();
    api.refuses("GET shop/deployments", 404, 10007, "no Worker")
        .refuses(ACCOUNT_SUBDOMAIN, 403, 10000, "Authentication error");

    Prepared prepared = deployer.prepare(new PrepareRequest(PRODUCTION), call);

    assertThat(prepared.warnings())
        .singleElement()
        .asString()
        .startsWith(
            "It was not checked before the upload whether the account acc has a workers.dev"
                + " subdomain: ")
        .contains("answered 403 with code 10000");
  }

  /** As a build tool that makes a wrangler file of its own. */
  private void built(String worker) throws IOException {
    Path made = Files.createDirectories(folder.resolve("dist/server"));
    Files.writeString(
        made.resolve("wrangler.json"),
        "{\"name\": \""
            + worker
            + "\", \"main\": \"index.js\", \"no_bundle\": true,"
            + " \"compatibility_date\": \"2026-03-01\", \"workers_dev\": false}");
    Files.writeString(made.resolve("index.js"), "export default {}");
    Path word = Files.createDirectories(folder.resolve(".wrangler/deploy"));
    Files.writeString(
        word.resolve("config.json"), "{\"configPath\": \"../../dist/server/wrangler.json\"}");
  }

  private void onWorkersDev() throws IOException {
    Files.writeString(
        folder.resolve("wrangler.json"),
        """
        {"name": "shop", "main": "worker.mjs", "compatibility_date": "2026-03-01"}
        """);
  }

  private ProviderException refusedToPrepare() {
    return catchThrowableOfType(
        ProviderException.class, () -> deployer.prepare(new PrepareRequest(PRODUCTION), call));
  }

  @Test
  void readsADeploymentWhoseSharesWereRounded() {
    String thirds =
        LIVE.replace(
            "{\"version_id\":\"v1\",\"percentage\":100}",
            "{\"version_id\":\"v1\",\"percentage\":33.333},"
                + "{\"version_id\":\"v2\",\"percentage\":66.666}");
    api.gives("GET shop/deployments", "{\"deployments\":[" + thirds + "," + LIVE + "]}");

    Deployment active = deployer.active(PRODUCTION, call).orElseThrow();

    assertThat(active.split()).hasToString("v1 33.333%, v2 66.667%");
    assertThat(deployer.deployments(PRODUCTION, Optional.empty(), call).deployments()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"66.665", "66.7", "0"})
  void doesNotReadSharesThatDoNotAddUp(String other) {
    api.gives(
        "GET shop/deployments",
        "{\"deployments\":[{\"id\":\"d1\",\"versions\":[{\"version_id\":\"v1\",\"percentage\":33.333},"
            + "{\"version_id\":\"v2\",\"percentage\":"
            + other
            + "}]}]}");

    ProviderException failed =
        catchThrowableOfType(ProviderException.class, () -> deployer.active(PRODUCTION, call));

    assertThat(failed.kind()).isEqualTo(FailureKind.UNREADABLE);
  }

  @Test
  void saysWhatIsWrongInTheWranglerFile() throws IOException {
    Files.writeString(folder.resolve("wrangler.json"), "{\n\"name\": 7}");

    ProviderException failed =
        catchThrowableOfType(
            ProviderException.class, () -> deployer.prepare(new PrepareRequest(PRODUCTION), call));

    assertThat(failed.kind()).isEqualTo(FailureKind.NOT_SENT);
    assertThat(failed).hasMessageContaining("wrangler.json:2:1");
  }

  private static UploadRequest request(Prepared prepared) {
    return new UploadRequest(prepared, Artifact.of("1.2", prepared.files()), KEY);
  }

  private static ActivateRequest activation() {
    return new ActivateRequest(
        PRODUCTION, Split.all("v1"), new ExpectedBase.Anything(), KEY, "because");
  }

  private static String version(String id, String tag) {
    return "{\"id\":\"%s\",\"metadata\":{\"created_on\":\"2026-03-02T10:00:00Z\"},".formatted(id)
        + "\"annotations\":{\"workers/tag\":\"%s\"}}".formatted(tag);
  }
}
