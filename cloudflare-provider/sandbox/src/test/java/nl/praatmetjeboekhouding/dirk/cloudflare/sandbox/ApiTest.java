package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API keeps an account, and refuses what Cloudflare refuses, with its codes. */
class ApiTest {

  private static final String CODE = "export default { fetch() { return new Response() } }";

  private final ManualTime time = ManualTime.create();
  private final CloudflareSandbox sandbox =
      CloudflareSandbox.builder()
          .time(time)
          .zone("example.com")
          .uploadLimit(100_000)
          .token(ApiToken.of(CloudflareSandbox.TOKEN))
          .token(ApiToken.of("reader").without(Permission.WORKERS_SCRIPTS_WRITE))
          .token(ApiToken.of("no-routes").without(Permission.WORKERS_ROUTES_WRITE))
          .token(ApiToken.of("zones-only", Permission.ZONE_READ))
          .start();
  private final Client client = new Client(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void knowsNoWorkerBeforeOneIsUploaded() {
    assertThat(client.get(client.workers("services/shop")).code()).isEqualTo(10090);
    assertThat(client.get(client.workers("scripts/shop/deployments")).code()).isEqualTo(10007);
    assertThat(client.get(client.workers("workers/shop")).status()).isEqualTo(404);
  }

  @Test
  void aPutUploadsAVersionAndDeploysIt() {
    Client.Reply put = client.put("shop", Client.metadata(), Map.of("index.js", CODE));

    String version = sandbox.versions("shop").get(0).id();
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.result().path("deployment_id").asText()).isEqualTo(version.replace("-", ""));
    assertThat(sandbox.active("shop").orElseThrow().shares()).containsEntry(version, 100.0);
    assertThat(sandbox.versions("shop").get(0).created()).isEqualTo(time.instant());
  }

  @Test
  void anUploadedVersionServesNothingUntilItIsDeployed() {
    client.deployNew("shop", CODE);

    String version = client.version("shop", CODE);

    assertThat(sandbox.versions("shop")).hasSize(2);
    assertThat(sandbox.deployments("shop")).hasSize(1);
    assertThat(client.split("shop", Map.of(version, 100.0)).status()).isEqualTo(200);
    assertThat(sandbox.active("shop").orElseThrow().shares()).containsOnlyKeys(version);
  }

  @Test
  void keepsAnnotationsOfVersionsAndDeployments() {
    client.deployNew("shop", CODE);
    ObjectNode metadata = Client.metadata();
    metadata.putObject("annotations").put("workers/tag", "key-1");
    String version =
        client.postVersion("shop", metadata, Map.of("index.js", CODE)).result().path("id").asText();
    ObjectNode deployment = Json.object().put("strategy", "percentage");
    deployment.putArray("versions").addObject().put("version_id", version).put("percentage", 100);
    deployment.putObject("annotations").put("workers/message", "key-2");

    client.send("POST", client.workers("scripts/shop/deployments"), deployment);

    assertThat(
            client.get(client.workers("scripts/shop/versions")).result().at("/items/0/annotations"))
        .isEqualTo(
            Json.object()
                .put("workers/tag", "key-1")
                .put("workers/triggered_by", "version_upload"));
    assertThat(
            client
                .get(client.workers("scripts/shop/deployments"))
                .result()
                .at("/deployments/0/annotations/workers~1message")
                .asText())
        .isEqualTo("key-2");
    assertThat(sandbox.log("POST", "**/versions").get(0).annotations())
        .containsEntry("workers/tag", "key-1");
    assertThat(sandbox.log("POST", "**/deployments").get(0).annotations())
        .containsEntry("workers/message", "key-2");
  }

  @Test
  void listsTenVersionsAPageAndTenDeploymentsNewestFirst() {
    client.deployNew("shop", CODE);
    List<String> ids =
        IntStream.range(0, 12).mapToObj(count -> client.version("shop", CODE)).toList();
    ids.forEach(id -> client.split("shop", Map.of(id, 100.0)));

    Client.Reply first = client.get(client.workers("scripts/shop/versions"));
    Client.Reply second = client.get(client.workers("scripts/shop/versions?page=2"));
    Client.Reply deployments = client.get(client.workers("scripts/shop/deployments"));

    assertThat(first.result().path("items")).hasSize(10);
    assertThat(first.result().at("/items/0/id").asText()).isEqualTo(ids.get(11));
    assertThat(second.result().path("items")).hasSize(3);
    assertThat(second.body().at("/result_info/total_count").asInt()).isEqualTo(13);
    assertThat(deployments.result().path("deployments")).hasSize(10);
    assertThat(deployments.result().at("/deployments/0/versions/0/version_id").asText())
        .isEqualTo(ids.get(11));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02, Can't set compatibility date in the future: 2026-01-02",
    "2026-1-1, Invalid compatibility date: 2026-1-1",
    "2025-13-01, Invalid compatibility date: 2025-13-01",
    "today, Invalid compatibility date: today"
  })
  void refusesACompatibilityDateOfTomorrowOrOfAnotherForm(String date, String message) {
    ObjectNode metadata = Client.metadata().put("compatibility_date", date);

    Client.Reply put = client.put("shop", metadata, Map.of("index.js", CODE));

    assertThat(put.status()).isEqualTo(400);
    assertThat(put.code()).isEqualTo(10021);
    assertThat(put.message()).isEqualTo(message);
    assertThat(sandbox.workers()).isEmpty();
  }

  @Test
  void takesACompatibilityDateOnceItsDayHasBegunInUtc() {
    ObjectNode metadata = Client.metadata().put("compatibility_date", "2026-01-02");
    time.advance(Duration.ofDays(1));

    assertThat(client.put("shop", metadata, Map.of("index.js", CODE)).status()).isEqualTo(200);
  }

  @Test
  void refusesDeploymentsThatDoNotMakeAWhole() {
    client.deployNew("shop", CODE);
    String one = client.version("shop", CODE);
    String two = client.version("shop", CODE);
    String three = client.version("shop", CODE);
    Map<String, Double> tooMany = new LinkedHashMap<>();
    List.of(one, two, three).forEach(id -> tooMany.put(id, 100.0 / 3));

    assertThat(client.split("shop", Map.of(one, 60.0, two, 60.0)).code()).isEqualTo(10021);
    assertThat(client.split("shop", Map.of(one, 99.0)).code()).isEqualTo(10021);
    assertThat(client.split("shop", Map.of(one, 110.0, two, -10.0)).code()).isEqualTo(10021);
    assertThat(client.split("shop", tooMany).code()).isEqualTo(10021);
    assertThat(client.split("shop", Map.of()).code()).isEqualTo(10021);
    assertThat(client.split("shop", Map.of("no-such-version", 100.0)).code()).isEqualTo(10222);
    assertThat(sandbox.deployments("shop")).hasSize(1);
  }

  @Test
  void refusesUploadsThatCannotBeAWorker() {
    ObjectNode elsewhere = Client.metadata().put("main_module", "elsewhere.js");
    byte[] noise = new byte[150_000];
    new Random(1).nextBytes(noise);
    String large = java.util.Base64.getEncoder().encodeToString(noise);

    Client.Reply noMain = client.put("shop", elsewhere, Map.of("index.js", CODE));
    Client.Reply tooLarge = client.put("shop", Client.metadata(), Map.of("index.js", large));
    Client.Reply badName = client.put("Shop!", Client.metadata(), Map.of("index.js", CODE));
    Client.Reply noForm = client.send("PUT", client.workers("scripts/shop"), Json.object());

    assertThat(noMain.code()).isEqualTo(10021);
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(tooLarge.code()).isEqualTo(10027);
    assertThat(badName.code()).isEqualTo(10016);
    assertThat(noForm.code()).isEqualTo(10026);
    assertThat(sandbox.workers()).isEmpty();
  }

  @Test
  void bindingsAreInheritedAndKeptAsAsked() {
    ObjectNode first = Client.metadata();
    first
        .putArray("bindings")
        .add(binding("KEY", "secret_text").put("text", "s3cret"))
        .add(binding("PLAIN", "plain_text").put("text", "old"))
        .add(binding("KV", "kv_namespace").put("namespace_id", "1"));
    client.put("shop", first, Map.of("index.js", CODE));
    ObjectNode second = Client.metadata();
    second.putArray("bindings").add(binding("KV", "inherit"));
    second.putArray("keep_bindings").add("secret_text");

    Client.Reply version = client.postVersion("shop", second, Map.of("index.js", CODE));

    assertThat(version.result().at("/resources/bindings").findValuesAsText("name"))
        .containsExactlyInAnyOrder("KV", "KEY");
    assertThat(version.http().body()).doesNotContain("s3cret");
    ObjectNode unknown = Client.metadata();
    unknown.putArray("bindings").add(binding("NONE", "inherit"));
    String path = client.workers("scripts/shop/versions?bindings_inherit=strict");
    assertThat(client.upload("POST", path, unknown, Map.of("index.js", CODE)).code())
        .isEqualTo(10057);
    assertThat(client.postVersion("shop", unknown, Map.of("index.js", CODE)).status())
        .isEqualTo(200);
  }

  @Test
  void aVersionTellsWhatItWasUploadedWith() {
    ObjectNode first = Client.metadata();
    first.putObject("limits").put("cpu_ms", 50);
    first.putObject("placement").put("mode", "smart");
    first.putObject("migrations").put("new_tag", "m1");
    client.put("shop", first, Map.of("index.js", CODE));
    String older = sandbox.versions("shop").get(0).id();
    String newer = client.version("shop", CODE);

    JsonNode told = version("workers/shop/versions/" + older.substring(0, 8));
    JsonNode runtime = version("scripts/shop/versions/" + older).at("/resources/script_runtime");
    JsonNode newest = version("workers/shop/versions/latest");

    assertThat(told.path("id").asText()).isEqualTo(older);
    assertThat(told.path("main_module").asText()).isEqualTo("index.js");
    assertThat(told.at("/limits/cpu_ms").asInt()).isEqualTo(50);
    assertThat(told.at("/placement/mode").asText()).isEqualTo("smart");
    assertThat(told.path("compatibility_date").asText()).isEqualTo("2026-01-01");
    assertThat(runtime.at("/limits/cpu_ms").asInt()).isEqualTo(50);
    assertThat(runtime.path("migration_tag").asText()).isEqualTo("m1");
    assertThat(newest.path("id").asText()).isEqualTo(newer);
    assertThat(newest.has("limits")).isFalse();
    assertThat(newest.path("migration_tag").asText()).isEqualTo("m1");
    assertThat(client.get(client.workers("workers/shop/versions/" + older.substring(0, 7))).code())
        .isEqualTo(10222);
  }

  private JsonNode version(String path) {
    return client.get(client.workers(path)).result();
  }

  @Test
  void aChangedSecretIsANewVersionAndStandsInTheWayOfARollback() {
    client.deployNew("shop", CODE);
    ObjectNode secret = binding("KEY", "secret_text").put("text", "s3cret");
    client.send("PUT", client.workers("scripts/shop/secrets"), secret);
    String before = sandbox.versions("shop").get(0).id();
    client.send("PUT", client.workers("scripts/shop/secrets"), secret.put("text", "another"));

    Client.Reply refused = client.split("shop", Map.of(before, 100.0));
    ObjectNode back = Json.object().put("strategy", "percentage");
    back.putArray("versions").addObject().put("version_id", before).put("percentage", 100);
    Client.Reply forced =
        client.send("POST", client.workers("scripts/shop/deployments?force=true"), back);

    assertThat(refused.code()).isEqualTo(10220);
    assertThat(refused.message()).contains("KEY").doesNotContain("another");
    assertThat(forced.status()).isEqualTo(200);
    assertThat(sandbox.versions("shop")).hasSize(3);
    assertThat(client.get(client.workers("scripts/shop/secrets")).result().findValuesAsText("name"))
        .containsExactly("KEY");
    assertThat(client.delete(client.workers("scripts/shop/secrets/KEY")).code()).isEqualTo(10215);
  }

  @Test
  void aRouteBelongsToOneWorker() {
    client.deployNew("shop", CODE);
    client.deployNew("blog", CODE);
    ObjectNode route = Json.object().put("pattern", "example.com/shop/*");

    Client.Reply first = routes("shop", route);
    Client.Reply second = routes("blog", route);
    Client.Reply elsewhere = routes("shop", Json.object().put("pattern", "example.org/*"));

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.code()).isEqualTo(10020);
    assertThat(elsewhere.code()).isEqualTo(10000);
    assertThat(sandbox.routes("shop")).containsExactly("example.com/shop/*");
    assertThat(sandbox.routes("blog")).isEmpty();
  }

  @Test
  void tellsZonesByNameAndTheirRoutes() {
    client.deployNew("shop", CODE);
    routes("shop", Json.object().put("pattern", "example.com/*"));

    String zone = zone();

    assertThat(client.get("/zones?name=example.org").result()).isEmpty();
    assertThat(client.get("/zones/" + zone + "/workers/routes").result().at("/0/script").asText())
        .isEqualTo("shop");
  }

  @Test
  void refusesTokensThatItDoesNotKnowOrThatMayNot() {
    client.deployNew("shop", CODE);
    String path = client.workers("scripts/shop/deployments");

    Client.Reply unknown = new Client(sandbox, "another").get(path);
    Client.Reply unverified = new Client(sandbox, "another").get("/user/tokens/verify");
    Client reader = new Client(sandbox, "reader");
    Client.Reply write = reader.put("shop", Client.metadata(), Map.of("index.js", CODE));
    Client.Reply route =
        new Client(sandbox, "no-routes")
            .send("PUT", client.workers("scripts/shop/routes"), Json.MAPPER.createArrayNode());
    Client.Reply foreign = client.get("/accounts/0/workers/scripts/shop/deployments");

    assertThat(unknown.status()).isEqualTo(403);
    assertThat(unknown.code()).isEqualTo(9109);
    assertThat(unverified.status()).isEqualTo(401);
    assertThat(reader.get(path).status()).isEqualTo(200);
    assertThat(List.of(write, route, foreign))
        .allSatisfy(
            refused -> {
              assertThat(refused.status()).isEqualTo(403);
              assertThat(refused.code()).isEqualTo(10000);
            });
    assertThat(sandbox.versions("shop")).hasSize(1);
  }

  @Test
  void whoMayWriteMayReadAndNobodyElse() {
    client.deployNew("shop", CODE);
    String routes = "/zones/" + zone() + "/workers/routes";

    Client zonesOnly = new Client(sandbox, "zones-only");
    Client noRoutes = new Client(sandbox, "no-routes");

    assertThat(client.get(routes).status()).isEqualTo(200);
    assertThat(noRoutes.get(routes).status()).isEqualTo(200);
    assertThat(zonesOnly.get("/zones").status()).isEqualTo(200);
    assertThat(zonesOnly.get("/user/tokens/verify").result().path("status").asText())
        .isEqualTo("active");
    assertThat(zonesOnly.get(routes).code()).isEqualTo(10000);
    assertThat(zonesOnly.get(client.workers("scripts/shop/deployments")).code()).isEqualTo(10000);
  }

  @Test
  void everyReadAnswersAboutAWorkerThatIsThere() {
    client.deployNew("shop", CODE);
    String version = sandbox.versions("shop").get(0).id();
    String deployment = sandbox.deployments("shop").get(0).id();
    routes("shop", Json.object().put("pattern", "example.com/*"));
    String domain = attach("www.example.com").result().path("id").asText();
    String zone = zone();
    String route = client.get("/zones/" + zone + "/workers/routes").result().at("/0/id").asText();

    assertThat(
            Stream.of(
                "/user",
                "/user/tokens/verify",
                "/memberships",
                "/accounts",
                "/accounts/" + sandbox.accountId(),
                "/accounts/" + sandbox.accountId() + "/storage/kv/namespaces",
                "/zones",
                "/zones/" + zone,
                "/zones/" + zone + "/workers/routes",
                "/zones/" + zone + "/workers/routes/" + route,
                client.workers("subdomain"),
                client.workers("scripts"),
                client.workers("services/shop"),
                client.workers("workers/shop"),
                client.workers("domains"),
                client.workers("domains/" + domain),
                client.workers("domains/records/" + domain),
                client.workers("durable_objects/namespaces"),
                client.workers("tails/by-consumer/shop"),
                client.workers("scripts/shop/references"),
                client.workers("scripts/shop/settings"),
                client.workers("scripts/shop/script-settings"),
                client.workers("scripts/shop/subdomain"),
                client.workers("scripts/shop/schedules"),
                client.workers("scripts/shop/secrets"),
                client.workers("scripts/shop/routes"),
                client.workers("scripts/shop/versions"),
                client.workers("scripts/shop/versions/" + version),
                client.workers("workers/shop/versions/" + version),
                client.workers("workers/shop/versions/latest"),
                client.workers("scripts/shop/deployments"),
                client.workers("scripts/shop/deployments/" + deployment)))
        .allSatisfy(path -> assertThat(client.get(path).status()).as(path).isEqualTo(200));
  }

  @Test
  void aCustomDomainIsAttachedMovedAndDetached() {
    client.deployNew("shop", CODE);

    Client.Reply attached = attach("www.example.com");
    Client.Reply elsewhere = attach("www.example.org");
    String found =
        client.get(client.workers("workers/shop")).result().at("/references/domains/0").toString();
    Client.Reply detached =
        client.delete(client.workers("domains/" + attached.result().path("id").asText()));

    assertThat(attached.status()).isEqualTo(200);
    assertThat(elsewhere.code()).isEqualTo(100117);
    assertThat(found).contains("www.example.com");
    assertThat(detached.status()).isEqualTo(200);
    assertThat(client.get(client.workers("domains")).result()).isEmpty();
  }

  @Test
  void aMessageIsCutATagIsNotAndAMigrationCannotWait() {
    client.deployNew("shop", CODE);
    ObjectNode talkative = Client.metadata();
    talkative.putObject("annotations").put("workers/message", "é".repeat(600));
    ObjectNode tagged = Client.metadata();
    tagged.putObject("annotations").put("workers/tag", "t".repeat(101));
    ObjectNode migrating = Client.metadata();
    migrating.putObject("migrations").put("new_tag", "v1");

    client.postVersion("shop", talkative, Map.of("index.js", CODE));
    Client.Reply tooLong = client.postVersion("shop", tagged, Map.of("index.js", CODE));
    Client.Reply notYet = client.postVersion("shop", migrating, Map.of("index.js", CODE));

    assertThat(sandbox.versions("shop").get(0).annotations().get("workers/message"))
        .isEqualTo("é".repeat(500));
    assertThat(tooLong.code()).isEqualTo(10021);
    assertThat(notYet.code()).isEqualTo(10211);
    assertThat(sandbox.versions("shop")).hasSize(2);
  }

  @Test
  void notesRequestsThatItHasNoOperationFor() {
    Client.Reply unknown = client.get("/accounts/1/frobnicate");

    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.code()).isEqualTo(7003);
    assertThat(sandbox.log()).hasSize(1);
    assertThat(sandbox.log().get(0).known()).isFalse();
  }

  @Test
  void readsDoNotShowAWriteUntilItsLagHasPassed() {
    client.deployNew("shop", CODE);
    sandbox.listLag(java.time.Duration.ofSeconds(5));
    String version = client.version("shop", CODE);
    client.split("shop", Map.of(version, 100.0));
    String versions = client.workers("scripts/shop/versions");
    String deployments = client.workers("scripts/shop/deployments");

    int versionsAtOnce = client.get(versions).result().path("items").size();
    int statusAtOnce = client.get(versions + "/" + version).status();
    int deploymentsAtOnce = client.get(deployments).result().path("deployments").size();
    time.advance(java.time.Duration.ofSeconds(5));

    assertThat(versionsAtOnce).isEqualTo(1);
    assertThat(statusAtOnce).isEqualTo(404);
    assertThat(deploymentsAtOnce).isEqualTo(1);
    assertThat(client.get(versions).result().path("items")).hasSize(2);
    assertThat(client.get(versions + "/" + version).status()).isEqualTo(200);
    assertThat(client.get(deployments).result().path("deployments")).hasSize(2);
  }

  @Test
  void setsCronsSubdomainAndSettings() {
    client.deployNew("shop", CODE);
    var crons = Json.MAPPER.createArrayNode();
    crons.addObject().put("cron", "*/5 * * * *");
    var broken = Json.MAPPER.createArrayNode();
    broken.addObject().put("cron", "every day");

    client.send("PUT", client.workers("scripts/shop/schedules"), crons);
    Client.Reply refused = client.send("PUT", client.workers("scripts/shop/schedules"), broken);
    client.send(
        "PATCH",
        client.workers("scripts/shop/script-settings"),
        Json.object().put("logpush", true));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(sandbox.schedules("shop")).containsExactly("*/5 * * * *");
    assertThat(
            client
                .get(client.workers("scripts/shop/script-settings"))
                .result()
                .path("logpush")
                .asBoolean())
        .isTrue();
    assertThat(client.get(client.workers("workers/shop")).result().at("/subdomain/url").asText())
        .isEqualTo("https://shop.sandbox.workers.dev");
  }

  @Test
  void forgetsADeletedWorkerWithItsRoutes() {
    client.deployNew("shop", CODE);
    routes("shop", Json.object().put("pattern", "example.com/*"));

    Client.Reply deleted = client.delete(client.workers("scripts/shop"));

    assertThat(deleted.status()).isEqualTo(200);
    assertThat(sandbox.workers()).isEmpty();
    assertThat(sandbox.routes("shop")).isEmpty();
  }

  @Test
  void answersInCloudflaresEnvelope() {
    HttpResponse<String> answer = client.get("/accounts").http();

    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(ApiRequest.read(Bytes.utf8(answer.body())).properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("result", "success", "errors", "messages", "result_info");
  }

  private String zone() {
    return client.get("/zones?name=example.com").result().at("/0/id").asText();
  }

  private Client.Reply attach(String hostname) {
    return client.send(
        "PUT",
        client.workers("domains"),
        Json.object().put("hostname", hostname).put("service", "shop"));
  }

  private Client.Reply routes(String worker, ObjectNode... routes) {
    return client.send(
        "PUT",
        client.workers("scripts/" + worker + "/routes"),
        Json.array(List.of(routes).stream()));
  }

  private static ObjectNode binding(String name, String type) {
    return Json.object().put("name", name).put("type", type);
  }
}
