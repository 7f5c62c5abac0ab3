package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.report.PlanReport;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.run.StagePlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan says what a deploy would change of a Worker, and changes nothing itself. */
class PlanTest {

  private static final String WORKER = "shop-production";

  private static final String BEFORE =
      """
      { "name": "shop", "main": "index.js", "compatibility_date": "2026-01-01", "workers_dev": true,
        "env": { "staging": {}, "production": {
          "vars": { "GREETING": "hush-hello", "OLD": "hush-old" },
          "kv_namespaces": [{ "binding": "CACHE", "id": "kv-1" }],
          "limits": { "cpu_ms": 50 },
          "triggers": { "crons": ["0 * * * *"] } } } }
      """;

  private static final String AFTER =
      """
      { "name": "shop", "main": "index.js", "compatibility_date": "2026-02-01", "workers_dev": true,
        "compatibility_flags": ["nodejs_compat"],
        "env": { "staging": {}, "production": {
          "vars": { "GREETING": "hush-goodbye" },
          "kv_namespaces": [{ "binding": "CACHE", "id": "kv-2" }],
          "d1_databases": [{ "binding": "DB", "database_id": "d1-1" }],
          "limits": { "cpu_ms": 100 },
          "placement": { "mode": "smart" },
          "observability": { "enabled": true },
          "triggers": { "crons": ["0 * * * *", "30 2 * * 1,2"] } } } }
      """;

  @TempDir private Path folder;
  private CloudflareSandbox sandbox;
  private Shop shop;

  @BeforeEach
  void deployBefore() {
    sandbox = CloudflareSandbox.builder().start();
    shop = new Shop(sandbox, folder);
    sandbox.behaviour("shop-staging", PlanTest::answer);
    sandbox.behaviour(WORKER, PlanTest::answer);
    shop.project(BEFORE);
    assertThat(shop.deploy("1.0.0").outcome()).isEqualTo(Outcome.SUCCEEDED);
    secret("TOKEN");
    assertThat(shop.deploy("1.1.0").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void tellsWhatWouldChangeAndWritesNothing() {
    shop.project(AFTER);
    shop.write(Shop.telling("2.0.0"));
    int asked = sandbox.log().size();

    DeployPlan plan = shop.plan("2.0.0");

    StagePlan production = plan.stages().get(1);
    String code = production.artifact().abbreviated() + ", 1 module";
    assertThat(production.changes())
        .contains("Adds a version to Worker shop-production, which keeps the secret TOKEN")
        .anyMatch(change -> change.startsWith("Code changes") && change.endsWith(code))
        .containsSubsequence(
            "Compatibility date changes from 2026-01-01 to 2026-02-01",
            "Compatibility flag nodejs_compat is added",
            "Limit cpu_ms changes from 50 to 100",
            "Placement becomes smart",
            "Binding CACHE changes from KV namespace kv-1 to KV namespace kv-2",
            "Binding DB is added: D1 database d1-1",
            "Variable GREETING gets another value",
            "Variable OLD is removed")
        .hasSize(10);
    assertThat(production.liveSettings())
        .containsExactly(
            "observability on instead of off",
            "crons '0 * * * *', '30 2 * * 1,2' instead of '0 * * * *'");
    assertThat(production.warnings()).isEmpty();
    String text = PlanReport.toText(plan);
    assertThat(text)
        .contains("  ~ Compatibility date changes from 2026-01-01 to 2026-02-01\n")
        .contains("  = crons '0 * * * *', '30 2 * * 1,2' instead of '0 * * * *'\n")
        .doesNotContain("hush");
    assertThat(PlanReport.toJson(plan)).contains("nodejs_compat is added").doesNotContain("hush");
    List<ApiCall> since = sandbox.log().subList(asked, sandbox.log().size());
    assertThat(since).isNotEmpty().allSatisfy(call -> assertThat(call.method()).isEqualTo("GET"));
    assertThat(since).allSatisfy(call -> assertThat(call.known()).isTrue());
  }

  @Test
  void isTheSamePlanAsLongAsNothingElseWasChanged() {
    shop.project(AFTER);
    DeployPlan plan = shop.plan("2.0.0");

    assertThat(shop.plan("2.0.0").hash()).isEqualTo(plan.hash());
    assertThat(shop.apply("2.0.0", plan).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(shop.plan("2.0.0").stages().get(1).changes())
        .containsExactly("Adds a version to Worker shop-production, which keeps the secret TOKEN");
    assertThat(shop.plan("2.0.0").stages().get(1).liveSettings()).isEmpty();
    assertThat(shop.plan("2.0.0").stages().get(1).warnings()).isEmpty();
  }

  @Test
  void isStaleOnceASecretWasSetWithoutBeingDeployed() {
    DeployPlan plan = shop.plan("1.0.0");

    latestSecret("LATER");

    assertThat(shop.plan("1.0.0").stages().get(1).changes())
        .contains("Secret LATER is added: it was set since what serves was uploaded");
    RunReport report = shop.apply("1.0.0", plan);
    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.summary()).contains("LATER");
  }

  @Test
  void keepsASecretThatIsRequired() {
    shop.project(requiring("TOKEN"));

    assertThat(shop.deploy("2.0.0").outcome()).isEqualTo(Outcome.SUCCEEDED);
    Client client = new Client(sandbox);
    assertThat(client.get(client.workers("scripts/" + WORKER + "/secrets")).result().toString())
        .contains("TOKEN");
  }

  @Test
  void refusesBeforeAnythingIsSentIfASecretThatIsRequiredIsMissing() {
    shop.project(requiring("TOKEN\", \"OTHER"));
    int asked = sandbox.log().size();

    RunReport report = shop.deploy("2.0.0");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(Shop.texts(report))
        .anyMatch(text -> text.contains("requires the secret OTHER, which the newest version"));
    assertThat(sandbox.log().subList(asked, sandbox.log().size()))
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.method()).isEqualTo("GET"));
  }

  private static String requiring(String secrets) {
    return """
        { "name": "shop", "main": "index.js", "compatibility_date": "2026-01-01", "workers_dev": true,
          "env": { "staging": {}, "production": { "secrets": { "required": ["%s"] } } } }
        """
        .formatted(secrets);
  }

  @Test
  void saysOfAFirstDeployThatAllOfItIsNew() {
    Client client = new Client(sandbox);
    client.delete(client.workers("scripts/" + WORKER));

    assertThat(shop.plan("1.0.0").stages().get(1).changes())
        .startsWith("Creates Worker shop-production. First deploy: all of it is new")
        .contains("Binding CACHE is added: KV namespace kv-1", "Variable GREETING is added");
  }

  private void secret(String name) {
    Client client = new Client(sandbox);
    client.send(
        "PUT",
        client.workers("scripts/" + WORKER + "/secrets"),
        Json.object().put("name", name).put("type", "secret_text").put("text", "hush-secret"));
  }

  /** As wrangler's {@code versions secret put} does: a version that does not serve. */
  private void latestSecret(String name) {
    Client client = new Client(sandbox);
    ObjectNode body = Json.object();
    body.putObject("env").putObject(name).put("type", "secret_text").put("text", "hush-later");
    client.send("PATCH", client.workers("workers/" + WORKER + "/versions/latest"), body);
  }

  private static WorkerAnswer answer(WorkerRequest request) {
    String message = request.version().annotations().getOrDefault("workers/message", "");
    return WorkerAnswer.json(
        "{\"version\": \"" + message.substring(message.indexOf(' ') + 1) + "\"}");
  }
}
