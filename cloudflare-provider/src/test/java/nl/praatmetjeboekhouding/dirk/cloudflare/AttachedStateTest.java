package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Consent;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Overrides;
import nl.praatmetjeboekhouding.dirk.model.Artifact;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AttachedStateTest {

  private static final Target PRODUCTION = new Target("shop", Environment.PRODUCTION);
  private static final StepKey KEY = new StepKey("run-7", "set");
  private static final String ACCOUNT = "/accounts/acc/";
  private static final String OURS = "GET " + ACCOUNT + "workers/domains?service=shop";
  private static final String WHO_HAS_IT =
      "GET " + ACCOUNT + "workers/domains?hostname=shop.example";
  private static final String JOBS = "GET " + ACCOUNT + "queues?name=jobs&page=1";
  private static final String DOMAIN =
      "\"routes\": [{\"pattern\": \"shop.example\", \"custom_domain\": true}]";
  private static final String CONSUMER =
      "\"queues\": {\"consumers\": [{\"queue\": \"jobs\", \"max_retries\": 3}]}";

  @TempDir private Path folder;
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private CloudflareDeployer deployer;

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("worker.mjs"), "export default {}");
    deployer = deployer(Overrides.none());
    api.gives("GET shop/deployments", "{\"deployments\":[]}")
        .gives("GET shop/script-settings", "{\"tags\":[],\"observability\":{\"enabled\":false}}")
        .gives("GET shop/subdomain", "{\"enabled\":false,\"previews_enabled\":false}")
        .gives("GET shop/schedules", "{\"schedules\":[]}")
        .gives("GET " + ACCOUNT + "workers/scripts", "[{\"id\":\"shop\",\"routes\":[]}]")
        .gives("GET " + ACCOUNT + "workers/subdomain", "{\"subdomain\":\"us\"}");
  }

  @Test
  void setsCustomDomainsThatAreNotThereAndTakesThemAwayAgain() throws IOException {
    project(DOMAIN);
    api.gives(OURS, "[]")
        .gives(WHO_HAS_IT, "[]")
        .gives("PUT shop/domains/records", "[]")
        .gives("DELETE " + ACCOUNT + "workers/domains/d1", "{}");
    LiveSetting before = snapshot("domains");

    LiveSetting wanted = change("domains");
    deployer.set(PRODUCTION, wanted, KEY, call);
    api.instead(
        OURS,
        "[{\"id\":\"d1\",\"hostname\":\"shop.example\",\"service\":\"shop\",\"zone_id\":\"z\"}]");
    boolean set = deployer.isSet(PRODUCTION, wanted, call);
    boolean back = deployer.isSet(PRODUCTION, before, call);
    deployer.set(PRODUCTION, before, KEY, call);

    assertThat(wanted.toString()).contains("custom domains shop.example instead of none");
    assertThat(set).isTrue();
    assertThat(back).isFalse();
    assertThat(writes())
        .containsExactly(
            "PUT shop/domains/records {\"override_scope\":true,\"override_existing_origin\":false,"
                + "\"override_existing_dns_record\":false,"
                + "\"origins\":[{\"hostname\":\"shop.example\"}]}",
            "DELETE /accounts/acc/workers/domains/d1 ");
  }

  @Test
  void givesADomainThatWasTakenBackToTheWorkerThatHadIt() throws IOException {
    project(DOMAIN);
    api.gives(OURS, "[]")
        .gives(
            WHO_HAS_IT,
            "[{\"id\":\"d1\",\"hostname\":\"shop.example\",\"service\":\"blog\","
                + "\"zone_id\":\"z\",\"zone_name\":\"shop.example\",\"cert_id\":\"c\"}]")
        .gives("DELETE " + ACCOUNT + "workers/domains/d2", "{}")
        .gives("PUT " + ACCOUNT + "workers/domains", "{}");
    LiveSetting before = snapshot("domains");

    api.instead(OURS, "[{\"id\":\"d2\",\"hostname\":\"shop.example\",\"service\":\"shop\"}]");
    deployer.set(PRODUCTION, before, KEY, call);

    assertThat(writes())
        .containsExactly(
            "DELETE /accounts/acc/workers/domains/d2 ",
            "PUT /accounts/acc/workers/domains"
                + " {\"hostname\":\"shop.example\",\"service\":\"blog\",\"zone_id\":\"z\","
                + "\"zone_name\":\"shop.example\"}");
  }

  @Test
  void preparesNoDeployThatWouldTakeADomainFromAnotherWorkerUnasked() throws IOException {
    project(DOMAIN);
    api.gives(WHO_HAS_IT, "[{\"hostname\":\"shop.example\",\"service\":\"blog\"}]");

    assertThatThrownBy(() -> deployer.prepare(new PrepareRequest(PRODUCTION), call))
        .hasMessageContaining("belongs to the Worker blog");
  }

  @Test
  void changesAConsumerAndPutsItBackAsItWas() throws IOException {
    project(CONSUMER);
    String queue =
        "[{\"queue_id\":\"q1\",\"queue_name\":\"jobs\",\"consumers\":[{\"consumer_id\":\"c1\","
            + "\"script\":\"shop\",\"dead_letter_queue\":\"dead\","
            + "\"settings\":{\"max_retries\":1,\"batch_size\":10}}]}]";
    api.gives(JOBS, queue).gives("PUT " + ACCOUNT + "queues/q1/consumers/c1", "{}");
    LiveSetting before = snapshot("consumers");

    deployer.set(PRODUCTION, change("consumers"), KEY, call);
    deployer.set(PRODUCTION, before, KEY, call);

    assertThat(deployer.isSet(PRODUCTION, before, call)).isTrue();
    assertThat(writes())
        .containsExactly(
            "PUT /accounts/acc/queues/q1/consumers/c1 {\"type\":\"worker\","
                + "\"script_name\":\"shop\",\"settings\":{\"max_retries\":3}}",
            "PUT /accounts/acc/queues/q1/consumers/c1 {\"type\":\"worker\","
                + "\"dead_letter_queue\":\"dead\",\"script_name\":\"shop\","
                + "\"settings\":{\"max_retries\":1,\"batch_size\":10}}");
  }

  @Test
  void takesAConsumerAwayThatWasNotThereBefore() throws IOException {
    project(CONSUMER);
    String queue = "[{\"queue_id\":\"q1\",\"queue_name\":\"jobs\",\"consumers\":[%s]}]";
    api.gives(JOBS, queue.formatted(""))
        .gives("DELETE " + ACCOUNT + "queues/q1/consumers/c1", "{}");
    LiveSetting before = snapshot("consumers");

    api.instead(JOBS, queue.formatted("{\"consumer_id\":\"c1\",\"script\":\"shop\"}"));
    deployer.set(PRODUCTION, before, KEY, call);

    assertThat(writes()).containsExactly("DELETE /accounts/acc/queues/q1/consumers/c1 ");
  }

  @Test
  void changesNothingThatIsAttachedAsConfigured() throws IOException {
    project(DOMAIN + ", " + CONSUMER);
    api.gives(OURS, "[{\"id\":\"d1\",\"hostname\":\"shop.example\",\"service\":\"shop\"}]")
        .gives(WHO_HAS_IT, "[{\"hostname\":\"shop.example\",\"service\":\"shop\"}]")
        .gives(
            JOBS,
            "[{\"queue_id\":\"q1\",\"queue_name\":\"jobs\",\"consumers\":[{\"consumer_id\":\"c1\","
                + "\"script\":\"shop\",\"settings\":{\"max_retries\":3,\"batch_size\":10}}]}]");

    Prepared prepared = deployer.prepare(new PrepareRequest(PRODUCTION), call);

    assertThat(deployer.changes(prepared, call)).isEmpty();
  }

  @Test
  void warnsThatAWorkflowIsNotTakenAwayAgain() throws IOException {
    project(
        "\"workflows\": [{\"binding\": \"W\", \"name\": \"orders\", \"class_name\": \"Orders\"}]");
    api.refuses("GET " + ACCOUNT + "workflows/orders", 404, 10200, "none");

    Prepared prepared = deployer.prepare(new PrepareRequest(PRODUCTION), call);

    assertThat(prepared.warnings()).anyMatch(text -> text.contains("stays after a rollback"));
    assertThat(deployer.changes(prepared, call))
        .extracting(LiveSetting::name)
        .contains("workflows");
  }

  @Test
  void preparesWithoutMakingAnythingAndMakesItWithTheUpload() throws IOException {
    deployer.close();
    deployer = deployer(Overrides.none().with(Consent.NEW_RESOURCES));
    project("\"r2_buckets\": [{\"binding\": \"B\", \"bucket_name\": \"pics\"}]");
    api.refuses("GET " + ACCOUNT + "r2/buckets/pics", 404, 10006, "none")
        .gives("POST " + ACCOUNT + "r2/buckets", "{}")
        .gives(
            "PUT shop?excludeScript=true&bindings_inherit=strict",
            "{\"deployment_id\":\"0123456789abcdef0123456789abcdef\"}");

    Prepared prepared = deployer.prepare(new PrepareRequest(PRODUCTION), call);
    List<String> prepareWrote = writes();
    deployer.upload(new UploadRequest(prepared, Artifact.of("1", prepared.files()), KEY), call);

    assertThat(prepareWrote).isEmpty();
    assertThat(prepared.changes()).contains("Makes the R2 bucket pics");
    assertThat(writes().get(0)).isEqualTo("POST /accounts/acc/r2/buckets {\"name\":\"pics\"}");
    assertThat(writes().get(1)).startsWith("PUT shop?");
  }

  @Test
  void saysWhatTheUploadMadeWhenItIsRefusedItself() throws IOException {
    deployer.close();
    deployer = deployer(Overrides.none().with(Consent.NEW_RESOURCES));
    project("\"r2_buckets\": [{\"binding\": \"B\", \"bucket_name\": \"pics\"}]");
    api.refuses("GET " + ACCOUNT + "r2/buckets/pics", 404, 10006, "none")
        .gives("POST " + ACCOUNT + "r2/buckets", "{}")
        .refuses("PUT shop?excludeScript=true&bindings_inherit=strict", 400, 10021, "no start");
    Prepared prepared = deployer.prepare(new PrepareRequest(PRODUCTION), call);
    UploadRequest request = new UploadRequest(prepared, Artifact.of("1", prepared.files()), KEY);

    assertThatThrownBy(() -> deployer.upload(request, call))
        .hasMessageContaining("no start")
        .hasMessageEndingWith("nothing is taken back: the R2 bucket pics is made");
  }

  private CloudflareDeployer deployer(Overrides overrides) {
    return new CloudflareDeployer(
        api.workers(ManualTime.create()),
        new Projects(folder, Map.of(), overrides),
        Duration.ofSeconds(30));
  }

  private void project(String members) throws IOException {
    Files.writeString(
        folder.resolve("wrangler.json"),
        """
        {"name": "shop", "main": "worker.mjs", "compatibility_date": "2026-03-01", %s}"""
            .formatted(members));
  }

  private LiveSetting snapshot(String name) {
    return named(deployer.snapshot(PRODUCTION, call), name);
  }

  private LiveSetting change(String name) {
    Prepared prepared = deployer.prepare(new PrepareRequest(PRODUCTION), call);
    return named(deployer.changes(prepared, call), name);
  }

  private static LiveSetting named(List<LiveSetting> settings, String name) {
    return settings.stream()
        .filter(setting -> setting.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> writes() {
    return api.writes().stream().map(one -> one.line() + " " + one.body()).toList();
  }
}
