package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Overrides;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannedVersionTest {

  private static final Target PRODUCTION = new Target("shop", Environment.PRODUCTION);
  private static final String DETAILS = "GET /accounts/acc/workers/workers/shop/versions/";
  private static final String SAME = "Adds a version to Worker shop";

  @TempDir private Path folder;
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private CloudflareDeployer deployer;

  @BeforeEach
  void openAProject() throws IOException {
    Files.writeString(folder.resolve("worker.mjs"), "export default {}");
    deployer =
        new CloudflareDeployer(
            api.workers(TimeSource.system()),
            new Projects(folder, Map.of(), Overrides.none()),
            Duration.ofSeconds(30));
    serves("{\"version_id\":\"v1\",\"percentage\":100}");
  }

  @Test
  void listsNoChangeWhereTheSameServes() {
    project(
        """
        "vars": {"A": "1", "B": {"rate": 1.0}, "C": null},
        "compatibility_flags": ["nodejs_compat", "b"], "limits": {"cpu_ms": 50},
        "placement": {"mode": "smart"}, "d1_databases": [{"binding": "DB", "database_id": "d-1"}],
        "services": [{"binding": "AUTH", "service": "auth"}],
        "durable_objects": {"bindings": [{"name": "ROOM", "class_name": "Room"}]},
        "analytics_engine_datasets": [{"binding": "SEEN"}],
        "unsafe": {"bindings": [{"name": "ODD", "type": "odd", "depth": 2}]}
        """);
    newest(
        "v1",
        """
        "compatibility_flags": ["b", "nodejs_compat"], "limits": {"cpu_ms": 50.0},
        "placement": {"mode": "smart", "status": "SUCCESS", "last_analyzed_at": "2026-01-01T00:00:00Z"},
        "bindings": [
          {"name": "ODD", "type": "odd", "depth": 2},
          {"name": "SEEN", "type": "analytics_engine", "dataset": "SEEN"},
          {"name": "ROOM", "type": "durable_object_namespace", "class_name": "Room",
           "namespace_id": "n", "script_name": "shop"},
          {"name": "AUTH", "type": "service", "service": "auth", "environment": "production"},
          {"name": "DB", "type": "d1", "id": "d-1", "database_id": "d-1"},
          {"name": "C", "type": "json", "json": null},
          {"name": "B", "type": "json", "json": {"rate": 1}},
          {"name": "A", "type": "plain_text", "text": "1"}]
        """);

    Prepared prepared = prepare();

    assertThat(prepared.changes()).containsExactly(SAME);
    assertThat(prepared.warnings()).isEmpty();
    assertThat(prepare()).isEqualTo(prepared);
  }

  @Test
  void tellsWhatIsAddedRemovedAndChangedByNameAndIdAndNoValueOfAVariable() {
    project(
        """
        "vars": {"A": "hush-new", "B": "hush-b", "D": {"key": "hush-d"}},
        "kv_namespaces": [{"binding": "CACHE", "id": "kv-2"}],
        "services": [{"binding": "AUTH", "service": "auth", "props": {"x": "hush-x"}}],
        "queues": {"producers": [{"binding": "JOBS", "queue": "jobs", "delivery_delay": 5}]},
        "r2_buckets": [{"binding": "FILES", "bucket_name": "files"}],
        "unsafe": {"bindings": [{"name": "ODD", "type": "odd", "depth": 2}]}
        """);
    newest(
        "v1",
        """
        "bindings": [
          {"name": "A", "type": "plain_text", "text": "hush-old"},
          {"name": "D", "type": "plain_text", "text": "hush-d"},
          {"name": "E", "type": "plain_text", "text": "hush-e"},
          {"name": "CACHE", "type": "kv_namespace", "namespace_id": "kv-1"},
          {"name": "DB", "type": "d1", "id": "d-1"},
          {"name": "FILES", "type": "kv_namespace", "namespace_id": "kv-3"},
          {"name": "AUTH", "type": "service", "service": "auth", "props": {"x": "hush-y"}},
          {"name": "JOBS", "type": "queue", "queue_name": "jobs"},
          {"name": "ODD", "type": "odd", "depth": 1}]
        """);

    assertThat(prepare().changes())
        .containsExactly(
            SAME,
            "Variable A gets another value",
            "Binding AUTH, service auth, changes its props",
            "Variable B is added",
            "Binding CACHE changes from KV namespace kv-1 to KV namespace kv-2",
            "Variable D changes from text variable to JSON variable",
            "Binding DB is removed: D1 database d-1",
            "Variable E is removed",
            "Binding FILES changes from KV namespace kv-3 to R2 bucket files",
            "Binding JOBS changes from queue jobs to queue jobs, delivery delay 5",
            "Binding ODD, kind odd, changes its depth");
    assertThat(prepare().changes().toString()).doesNotContain("hush");
  }

  @Test
  void tellsRuntimeLimitsPlacementAndMainModule() {
    project(
        """
        "compatibility_flags": ["nodejs_compat"], "limits": {"cpu_ms": 100},
        "placement": {"region": "aws:eu-west-1"}
        """);
    newest(
        "v1",
        """
        "main_module": "index.js", "compatibility_date": "2025-01-01",
        "compatibility_flags": ["old"], "limits": {"cpu_ms": 50, "subrequests": 10},
        "placement": {"mode": "smart", "hint": "weur"}
        """);

    assertThat(prepare().changes())
        .containsExactly(
            SAME,
            "Compatibility date changes from 2025-01-01 to 2026-03-01",
            "Compatibility flag nodejs_compat is added",
            "Compatibility flag old is removed",
            "Limit cpu_ms changes from 50 to 100",
            "Limit subrequests 10 applies no longer",
            "Main module changes from index.js to worker.js",
            "Placement changes from smart near weur to region aws:eu-west-1");
  }

  @Test
  void tellsThatTheCodeIsAnotherArtifact() throws IOException {
    project("");
    newest("v1", "");
    Files.writeString(folder.resolve("worker.mjs"), "export default {changed: true}");

    Prepared prepared = prepare();

    assertThat(prepared.changes())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("Code changes from artifact ")
        .endsWith(" to " + Release.digestOf(prepared.files()).abbreviated() + ", 1 module");
  }

  @Test
  void saysThatTheCodeOfAnotherToolsVersionCouldNotBeCompared() {
    project("");
    api.gives(
        DETAILS + "latest",
        """
        {"id": "v1", "main_module": "worker.js", "compatibility_date": "2026-03-01", "bindings": []}
        """);

    Prepared prepared = prepare();

    assertThat(prepared.changes()).containsExactly(SAME);
    assertThat(prepared.warnings())
        .containsExactly(
            "The code could not be compared: version v1 serves, and does not tell which artifact it"
                + " was made of");
  }

  @Test
  void namesTheSecretsThatAreKept() {
    project("");
    newest("v1", secrets("KEY", "TOKEN"));

    assertThat(prepare().changes()).containsExactly(SAME + ", which keeps the secrets KEY, TOKEN");
    assertThat(prepare().warnings()).isEmpty();
  }

  @Test
  void namesTheSecretsThatTheNewestVersionHasAndTheOneThatServesHasNot() {
    project("\"vars\": {\"NOW_PLAIN\": \"x\"}");
    newest("v2", secrets("KEY", "NEW", "NOW_PLAIN"));
    details("v1", "v1", secrets("GONE", "KEY", "NOW_PLAIN"));

    Prepared prepared = prepare();

    assertThat(prepared.changes())
        .containsExactly(
            SAME + ", which keeps the secret KEY",
            "Secret GONE is removed",
            "Secret NEW is added: it was set since what serves was uploaded",
            "Binding NOW_PLAIN changes from secret to text variable");
    assertThat(prepared.warnings())
        .containsExactly(
            "What the secret KEY holds could not be compared: it is kept as the newest version v2"
                + " has it, which is not the one that serves");
  }

  @Test
  void keepsVariablesThatWereSetElsewhereWhereTheFileSaysSo() {
    project("\"keep_vars\": true, \"vars\": {\"A\": \"1\"}");
    newest(
        "v1",
        """
        "bindings": [{"name": "A", "type": "plain_text", "text": "1"},
          {"name": "B", "type": "plain_text", "text": "dashboard"},
          {"name": "K", "type": "kv_namespace", "namespace_id": "kv-1"}]
        """);

    assertThat(prepare().changes())
        .containsExactly(SAME, "Binding K is removed: KV namespace kv-1");
  }

  @Test
  void saysOfAFirstDeployThatAllOfItIsNew() {
    project(
        "\"vars\": {\"A\": \"hush\"}, \"kv_namespaces\": [{\"binding\": \"K\", \"id\": \"kv-1\"}]");
    api.insteadRefuses("GET shop/deployments", 404, 10007, "no Worker");

    Prepared prepared = prepare();

    assertThat(prepared.changes())
        .containsExactly(
            "Creates Worker shop. First deploy: all of it is new",
            "Code of 1 module",
            "Compatibility date becomes 2026-03-01",
            "Main module becomes worker.js",
            "Variable A is added",
            "Binding K is added: KV namespace kv-1");
    assertThat(prepared.warnings()).isEmpty();
    assertThat(api.lines()).containsExactly("GET shop/deployments");
  }

  @Test
  void readsOneVersionWhereTheNewestServesAndOnlyReads() {
    project("");
    newest("v1", "");

    prepare();

    assertThat(api.lines()).containsExactly("GET shop/deployments", DETAILS + "latest");
  }

  @Test
  void readsTwoVersionsAtMost() {
    project("");
    newest("v2", "");

    assertThat(prepare().warnings())
        .singleElement()
        .asString()
        .startsWith("What version v1 has, which serves, could not be compared: ");
    assertThat(api.lines())
        .containsExactly("GET shop/deployments", DETAILS + "latest", DETAILS + "v1");
  }

  @Test
  void comparesWhatTheOlderAnswerTellsAndSaysWhatItDoesNot() {
    project("\"limits\": {\"cpu_ms\": 50}, \"placement\": {\"mode\": \"smart\"}");
    api.refuses(DETAILS + "latest", 403, 10000, "Authentication error")
        .gives(
            "GET shop/versions/v1",
            """
            {"id": "v1", %s, "resources": {
              "script_runtime": {"compatibility_date": "2026-01-01", "usage_model": "standard"},
              "bindings": [{"name": "A", "type": "plain_text", "text": "1"}]}}
            """
                .formatted(annotations()));

    Prepared prepared = prepare();

    assertThat(prepared.changes())
        .containsExactly(
            SAME,
            "Compatibility date changes from 2026-01-01 to 2026-03-01",
            "Limit cpu_ms becomes 50",
            "Variable A is removed");
    assertThat(prepared.warnings())
        .singleElement()
        .asString()
        .startsWith(
            "Main module, placement, and secrets that were set without being deployed could not be"
                + " compared: Cloudflare")
        .contains("403");
  }

  @ParameterizedTest
  @CsvSource({"404, 10222", "403, 10000", "400, 10021"})
  void keepsNobodyFromDeployingBecauseItCannotCompare(int status, int code) {
    project("");
    api.refuses(DETAILS + "latest", status, code, "no")
        .refuses("GET shop/versions/v1", 400, 1, "no");

    Prepared prepared = prepare();

    assertThat(prepared.changes()).containsExactly(SAME);
    assertThat(prepared.warnings())
        .singleElement()
        .asString()
        .startsWith("What version v1 has, which serves, could not be compared: ");
  }

  @Test
  void saysNothingOfBindingsThatCloudflareDoesNotTell() {
    project("\"vars\": {\"A\": \"1\"}");
    newest("v1", "\"bindings\": null");

    Prepared prepared = prepare();

    assertThat(prepared.changes()).containsExactly(SAME);
    assertThat(prepared.warnings())
        .containsExactly(
            "The bindings could not be compared: Cloudflare does not tell those of version v1");
  }

  @Test
  void saysNothingFalseOfAKindThatCloudflareTellsMoreOfThanIsSent() {
    project("\"unsafe\": {\"bindings\": [{\"name\": \"ODD\", \"type\": \"odd\"}]}");
    newest("v1", "\"bindings\": [{\"name\": \"ODD\", \"type\": \"odd\", \"id\": \"o-1\"}]");

    Prepared prepared = prepare();

    assertThat(prepared.changes()).containsExactly(SAME);
    assertThat(prepared.warnings())
        .containsExactly(
            "Binding ODD could not be compared: Cloudflare tells more of it than is sent: id");
  }

  @Test
  void tellsMigrationsAndWarnsOfMetadataThatItDoesNotKnow() {
    project(
        """
        "unsafe": {"metadata": {"migrations": {"old_tag": "m1", "new_tag": "m2"}, "odd": 1}}
        """);
    newest("v1", "\"migration_tag\": \"m1\"");

    Prepared prepared = prepare();

    assertThat(prepared.changes())
        .containsExactly(SAME, "Durable Object migration tag changes from m1 to m2");
    assertThat(prepared.warnings())
        .containsExactly(
            "odd could not be compared: it stands in unsafe.metadata, which is sent as it is");
  }

  @Test
  void comparesWithTheVersionThatHasMostOfTheTraffic() {
    project("");
    api.instead("GET shop/deployments", "{\"deployments\":[]}");
    serves("{\"version_id\":\"v2\",\"percentage\":10},{\"version_id\":\"v1\",\"percentage\":90}");
    newest("v2", "");
    details("v1", "v1", "\"compatibility_date\": \"2026-01-01\"");

    Prepared prepared = prepare();

    assertThat(prepared.changes())
        .containsExactly(SAME, "Compatibility date changes from 2026-01-01 to 2026-03-01");
    assertThat(prepared.warnings())
        .containsExactly(
            "All that serves could not be compared: 2 versions share the traffic; the changes are"
                + " those to version v1, which has 90 % of it");
  }

  @Test
  void keepsTheSecretsThatTheProjectRequires() {
    project("\"vars\": {\"A\": \"1\"}, \"secrets\": {\"required\": [\"TOKEN\"]}");
    newest("v1", secrets("TOKEN"));

    Prepared prepared = prepare();

    assertThat(prepared.changes())
        .containsExactly(SAME + ", which keeps the secret TOKEN", "Variable A is added");
    assertThat(Plan.parse(prepared.settings()).metadata().path("bindings").toString())
        .isEqualTo(
            "[{\"name\":\"TOKEN\",\"type\":\"inherit\"},"
                + "{\"name\":\"A\",\"type\":\"plain_text\",\"text\":\"1\"}]");
  }

  @Test
  void refusesWhereTheNewestVersionLacksASecretThatTheProjectRequires() {
    project("\"secrets\": {\"required\": [\"A\", \"TOKEN\", \"B\"]}");
    details("v1", "v1", secrets("A", "B", "TOKEN"));
    newest("v2", secrets("TOKEN"));

    ProviderException refused = catchThrowableOfType(ProviderException.class, this::prepare);

    assertThat(refused.kind()).isEqualTo(FailureKind.INELIGIBLE);
    assertThat(refused)
        .hasMessageContaining("not asked to deploy shop: ")
        .hasMessageContaining("requires the secrets A, B")
        .hasMessageContaining("the newest version v2");
  }

  @Test
  void refusesAFirstDeployThatNeedsSecrets() {
    project("\"secrets\": {\"required\": [\"A\"]}");
    api.instead404("GET shop/deployments", 10007);

    ProviderException refused = catchThrowableOfType(ProviderException.class, this::prepare);

    assertThat(refused.kind()).isEqualTo(FailureKind.INELIGIBLE);
    assertThat(refused)
        .hasMessageContaining("it is not there yet, and its wrangler file requires the secrets A")
        .hasMessageContaining("Workers.secrets().makingWorkers()");
  }

  @Test
  void refusesNobodyWhereItCannotSeeWhichSecretsThereAre() {
    project("\"secrets\": {\"required\": [\"A\"]}");
    api.refuses(DETAILS + "latest", 403, 10000, "no");
    api.gives("GET shop/versions/v1", "{\"id\":\"v1\"}");

    assertThat(prepare().warnings())
        .anySatisfy(warning -> assertThat(warning).contains("secrets that were set"));
  }

  @Test
  void stopsWhenTheCallerStops() {
    project("");
    Cancellation cancellation = Cancellation.create();
    api.whenAsked(
        () -> {
          if (api.lines().size() == 2) {
            cancellation.cancel("enough");
          }
        });

    ProviderException stopped =
        catchThrowableOfType(
            ProviderException.class,
            () ->
                deployer.prepare(
                    new PrepareRequest(PRODUCTION),
                    new CallContext(Duration.ofSeconds(20), cancellation)));

    assertThat(stopped.kind()).isEqualTo(FailureKind.STOPPED);
  }

  private Prepared prepare() {
    return deployer.prepare(new PrepareRequest(PRODUCTION), CallContext.of(Duration.ofSeconds(20)));
  }

  /** A project of one module that is not on workers.dev, with more in its file. */
  private void project(String more) {
    try {
      Files.writeString(
          folder.resolve("wrangler.json"),
          "{\"name\": \"shop\", \"main\": \"worker.mjs\", \"workers_dev\": false,"
              + " \"compatibility_date\": \"2026-03-01\""
              + (more.isBlank() ? "" : ", " + more)
              + "}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serves(String shares) {
    api.instead(
        "GET shop/deployments",
        "{\"deployments\":[{\"id\":\"d1\",\"versions\":[" + shares + "]}]}");
  }

  private void newest(String id, String more) {
    details("latest", id, more);
  }

  /** A version that Dirk uploaded from the same code, with more in it or otherwise. */
  private void details(String asked, String id, String more) {
    String own =
        "\"main_module\": \"worker.js\", \"compatibility_date\": \"2026-03-01\", \"bindings\": []";
    api.gives(
        DETAILS + asked,
        "{\"id\": \""
            + id
            + "\", "
            + annotations()
            + ", "
            + own
            + (more.isBlank() ? "" : ", " + more)
            + "}");
  }

  private String annotations() {
    try {
      Release release =
          new Release(
              "1",
              Release.digestOf(List.of(ContentFile.of("worker.js", folder.resolve("worker.mjs")))));
      return "\"annotations\": {\"workers/message\": \"" + release.digest() + " 1\"}";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String secrets(String... names) {
    return "\"bindings\": ["
        + String.join(
            ", ",
            Stream.of(names)
                .map(name -> "{\"name\": \"" + name + "\", \"type\": \"secret_text\"}")
                .toList())
        + "]";
  }
}
