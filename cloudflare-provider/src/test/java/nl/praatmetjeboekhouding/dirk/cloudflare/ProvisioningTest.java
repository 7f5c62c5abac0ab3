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

class ProvisioningTest {

  private static final String ACCOUNT = "/accounts/acc/";
  private static final String PUT = "PUT shop?excludeScript=true&bindings_inherit=strict";
  private static final String ADD = "POST shop/versions?bindings_inherit=strict";
  private static final String SESSION = "POST shop/assets-upload-session";
  private static final String TITLES =
      "GET " + ACCOUNT + "storage/kv/namespaces?per_page=100&page=1";
  private static final String BUCKET =
      "\"r2_buckets\": [{\"binding\": \"B\", \"bucket_name\": \"pics\"}]";

  @TempDir private Path folder;
  private final ManualTime time = ManualTime.create();
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final Workers workers = api.workers(time);
  private final Wrangler wrangler = Wrangler.with(workers);

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("worker.js"), "export default {}");
    api.gives("GET " + ACCOUNT + "workers/subdomain", "{\"subdomain\":\"us\"}")
        .gives("POST shop/subdomain", "{}");
  }

  @Test
  void makesWhatBindingsNameOrLeaveOpenAndBindsIt() throws IOException {
    isNew(
        "\"kv_namespaces\": [{\"binding\": \"MY_KV\"}],"
            + " \"d1_databases\": [{\"binding\": \"DB\", \"database_name\": \"main\","
            + " \"jurisdiction\": \"eu\"}], "
            + BUCKET
            + ", \"queues\": {\"producers\": [{\"binding\": \"Q\", \"queue\": \"jobs\"}]}");
    api.gives(TITLES, "[]")
        .gives("POST " + ACCOUNT + "storage/kv/namespaces", "{\"id\":\"kv1\"}")
        .gives("GET " + ACCOUNT + "d1/database?name=main", "[]")
        .gives("POST " + ACCOUNT + "d1/database", "{\"uuid\":\"db1\"}")
        .refuses("GET " + ACCOUNT + "r2/buckets/pics", 404, 10006, "none")
        .gives("POST " + ACCOUNT + "r2/buckets", "{}")
        .gives("GET " + ACCOUNT + "queues?name=jobs&page=1", "[]")
        .gives("POST " + ACCOUNT + "queues", "{}");

    DeployedWorker deployed = making();

    assertThat(writes().subList(0, 4))
        .as("in wrangler's order")
        .containsExactly(
            "POST /accounts/acc/storage/kv/namespaces {\"title\":\"shop-my-kv\"}",
            "POST /accounts/acc/d1/database {\"name\":\"main\",\"jurisdiction\":\"eu\"}",
            "POST /accounts/acc/r2/buckets {\"name\":\"pics\"}",
            "POST /accounts/acc/queues {\"queue_name\":\"jobs\"}");
    assertThat(upload())
        .contains("\"namespace_id\":\"kv1\"")
        .contains("\"id\":\"db1\"")
        .contains("\"bucket_name\":\"pics\"")
        .contains("\"queue_name\":\"jobs\"");
    assertThat(deployed.warnings())
        .contains("Made the KV namespace shop-my-kv.", "Made the R2 bucket pics.");
  }

  @Test
  void makesNothingThatIsThere() throws IOException {
    isNew(
        BUCKET
            + ", \"kv_namespaces\": [{\"binding\": \"KV\"}],"
            + " \"d1_databases\": [{\"binding\": \"DB\", \"database_name\": \"main\"}]");
    api.gives(TITLES, "[{\"id\":\"kv1\",\"title\":\"shop-kv\"}]")
        .gives(
            "GET " + ACCOUNT + "d1/database?name=main",
            "[{\"uuid\":\"other\",\"name\":\"main2\"},{\"uuid\":\"db1\",\"name\":\"main\"}]")
        .gives("GET " + ACCOUNT + "r2/buckets/pics", "{}");

    DeployedWorker deployed = making();

    assertThat(upload()).contains("\"namespace_id\":\"kv1\"").contains("\"id\":\"db1\"");
    assertThat(writes().get(0)).startsWith("PUT shop");
    assertThat(deployed.warnings()).isEmpty();
  }

  @Test
  void keepsWhatTheLiveVersionIsBoundTo() throws IOException {
    project("\"kv_namespaces\": [{\"binding\": \"KV\"}], " + BUCKET);
    api.gives("GET shop/versions", "{\"items\":[]}")
        .gives("GET shop/script-settings", "{}")
        .gives("GET shop/versions", "{\"items\":[{\"id\":\"v1\"}]}")
        .gives(
            "GET shop/settings",
            "{\"bindings\":[{\"name\":\"KV\",\"type\":\"kv_namespace\",\"namespace_id\":\"k\"},"
                + "{\"name\":\"B\",\"type\":\"r2_bucket\",\"bucket_name\":\"pics\"}]}")
        .gives(ADD, "{\"id\":\"v2\"}")
        .gives("POST shop/deployments", "{\"id\":\"d2\"}")
        .gives("PATCH shop/script-settings", "{}");

    making();

    assertThat(api.writes().get(0).body())
        .contains("{\"name\":\"KV\",\"type\":\"inherit\"}")
        .contains("\"bucket_name\":\"pics\"");
  }

  @Test
  void leavesAloneWhatTheTokenMayNotLookAtAndSaysSo() throws IOException {
    isNew(BUCKET);
    api.refuses("GET " + ACCOUNT + "r2/buckets/pics", 403, 10000, "no");

    DeployedWorker deployed = making();

    assertThat(deployed.warnings()).singleElement().asString().contains("what B leads to");
    assertThat(upload()).contains("\"bucket_name\":\"pics\"");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "KV namespace shop-kv | Workers KV Storage Write",
        "D1 database main | D1 Write",
        "R2 bucket pics | Workers R2 Storage Write",
        "queue jobs | Queues Write",
        "dispatch namespace tenants | Workers Scripts Write"
      })
  void endsWhereTheTokenMayLookButNotMakeAndNamesThePermission(String what, String permission)
      throws IOException {
    String kind = what.substring(0, what.indexOf(' '));
    isNew(
        switch (kind) {
          case "KV" -> "\"kv_namespaces\": [{\"binding\": \"KV\"}]";
          case "D1" -> "\"d1_databases\": [{\"binding\": \"DB\", \"database_name\": \"main\"}]";
          case "R2" -> BUCKET;
          case "queue" ->
              "\"queues\": {\"producers\": [{\"binding\": \"Q\", \"queue\": \"jobs\"}]}";
          default -> "\"dispatch_namespaces\": [{\"binding\": \"N\", \"namespace\": \"tenants\"}]";
        });
    api.gives(TITLES, "[]")
        .gives("GET " + ACCOUNT + "d1/database?name=main", "[]")
        .refuses("GET " + ACCOUNT + "r2/buckets/pics", 404, 10006, "none")
        .gives("GET " + ACCOUNT + "queues?name=jobs&page=1", "[]")
        .gives("GET " + ACCOUNT + "workers/dispatch/namespaces", "[]");
    for (String made :
        List.of(
            "storage/kv/namespaces",
            "d1/database",
            "r2/buckets",
            "queues",
            "workers/dispatch/namespaces")) {
      api.refuses("POST " + ACCOUNT + made, 403, 10000, "Authentication error");
    }

    ProviderException refused = catchThrowableOfType(ProviderException.class, this::making);

    assertThat(refused.kind()).isEqualTo(FailureKind.FORBIDDEN);
    assertThat(refused)
        .hasMessageStartingWith("The " + what + " was not made: ")
        .hasMessageContaining("Authentication error")
        .hasMessageEndingWith("a token that makes it has the permission " + permission);
    assertThat(writes()).hasSize(1).noneMatch(line -> line.startsWith("PUT shop?"));
  }

  @Test
  void doesNotKnowWhatBecameOfWhatBrokeDownAndFindsItTheNextTime() throws IOException {
    isNew(BUCKET);
    api.refuses("GET " + ACCOUNT + "r2/buckets/pics", 404, 10006, "none")
        .gives("GET " + ACCOUNT + "r2/buckets/pics", "{}")
        .refuses("POST " + ACCOUNT + "r2/buckets", 500, 10001, "oops");

    assertThatThrownBy(this::making)
        .hasMessageStartingWith("It is not known whether the R2 bucket pics was made; deploy again")
        .hasMessageContaining("oops");
    DeployedWorker deployed = making();

    assertThat(deployed.warnings()).isEmpty();
    assertThat(writes()).filteredOn(line -> line.contains("r2/buckets")).hasSize(1);
  }

  @Test
  void bindsNothingToWhatWasMadeWithoutAnId() throws IOException {
    isNew("\"kv_namespaces\": [{\"binding\": \"KV\"}]");
    api.gives(TITLES, "[]")
        .answers(
            "POST " + ACCOUNT + "storage/kv/namespaces", 200, "{\"success\":true,\"result\":{}}");

    assertThatThrownBy(this::making)
        .hasMessageContaining("made the KV namespace shop-kv without saying")
        .hasMessageContaining("deploy again");
    assertThat(upload()).isEmpty();
  }

  @Test
  void refusesADatabaseInAnotherJurisdiction() throws IOException {
    isNew(
        "\"d1_databases\": [{\"binding\": \"DB\", \"database_name\": \"main\","
            + " \"jurisdiction\": \"eu\"}]");
    api.gives("GET " + ACCOUNT + "d1/database?name=main", "[{\"uuid\":\"db1\",\"name\":\"main\"}]");

    ProviderException refused = catchThrowableOfType(ProviderException.class, this::making);

    assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(refused).hasMessageContaining("main is there in no jurisdiction");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void saysWhatWasMadeWhenTheNextCannotBeMade() throws IOException {
    isNew("\"kv_namespaces\": [{\"binding\": \"KV\"}], " + BUCKET);
    api.gives(TITLES, "[]")
        .gives("POST " + ACCOUNT + "storage/kv/namespaces", "{\"id\":\"kv1\"}")
        .refuses("GET " + ACCOUNT + "r2/buckets/pics", 404, 10006, "none")
        .refuses("POST " + ACCOUNT + "r2/buckets", 400, 10005, "bad name");

    assertThatThrownBy(this::making)
        .hasMessageContaining("bad name")
        .hasMessageEndingWith("nothing is taken back: the KV namespace shop-kv is made");
    assertThat(writes()).noneMatch(line -> line.startsWith("PUT shop"));
  }

  @Test
  void saysWhatWasMadeAlsoWhenTheDeployFailsOnceTheNewVersionIsLive() throws IOException {
    project(BUCKET + ", \"triggers\": {\"crons\": [\"1 1 * * *\"]}");
    api.gives("GET shop/versions", "{\"items\":[{\"id\":\"v1\"}]}")
        .gives("GET shop/script-settings", "{}")
        .gives("GET shop/settings", "{\"bindings\":[]}")
        .refuses("GET " + ACCOUNT + "r2/buckets/pics", 404, 10006, "none")
        .gives("POST " + ACCOUNT + "r2/buckets", "{}")
        .gives(ADD, "{\"id\":\"v2\"}")
        .gives("POST shop/deployments", "{\"id\":\"d2\"}")
        .gives("PATCH shop/script-settings", "{}")
        .refuses("PUT shop/schedules", 400, 10100, "bad cron");

    assertThatThrownBy(this::making)
        .hasMessageContaining("bad cron")
        .hasMessageContaining(
            "nothing is taken back: the R2 bucket pics is made, version v2 is live");
  }

  @Test
  void saysWhatWasMadeWhenAVersionWithoutTrafficIsRefused() throws IOException {
    assets();
    isThere(BUCKET + ", \"assets\": {\"directory\": \"public\"}");
    api.refuses("GET " + ACCOUNT + "r2/buckets/pics", 404, 10006, "none")
        .gives("POST " + ACCOUNT + "r2/buckets", "{}")
        .gives(SESSION, "{\"jwt\":\"all there\",\"buckets\":[]}")
        .refuses(ADD, 400, 10021, "does not start");

    assertThatThrownBy(this::adding)
        .hasMessageContaining("does not start")
        .hasMessageEndingWith(
            "nothing is taken back: the R2 bucket pics is made, its static assets are uploaded");
  }

  @Test
  void saysWhatWasMadeWhenTheAssetsOfAVersionWithoutTrafficAreRefused() throws IOException {
    assets();
    isThere(BUCKET + ", \"assets\": {\"directory\": \"public\"}");
    api.refuses("GET " + ACCOUNT + "r2/buckets/pics", 404, 10006, "none")
        .gives("POST " + ACCOUNT + "r2/buckets", "{}")
        .refuses(SESSION, 400, 10001, "no session");

    assertThatThrownBy(this::adding)
        .hasMessageContaining("no session")
        .hasMessageEndingWith("nothing is taken back: the R2 bucket pics is made");
    assertThat(writes()).noneMatch(line -> line.startsWith(ADD));
  }

  @Test
  void saysThatAssetsAreUploadedWhenTheDeployThatFollowsThemIsRefused() throws IOException {
    assets();
    project("\"assets\": {\"directory\": \"public\"}");
    api.refuses("GET shop/script-settings", 404, 10007, "no Worker")
        .refuses("GET shop/versions", 404, 10007, "no Worker")
        .gives(SESSION, "{\"jwt\":\"all there\",\"buckets\":[]}")
        .refuses(PUT, 400, 10021, "does not start");

    assertThatThrownBy(this::making)
        .hasMessageEndingWith("nothing is taken back: its static assets are uploaded");
  }

  @Test
  void makesNothingUnasked() throws IOException {
    isNew(BUCKET);

    wrangler.deploy(WorkerProject.in(folder), call);

    assertThat(writes().get(0)).startsWith("PUT shop");
  }

  @Test
  void needsIdsOfWhatItMayNotMake() throws IOException {
    project("\n\"kv_namespaces\": [{\"binding\": \"KV\"}]");

    assertThatThrownBy(() -> wrangler.deploy(WorkerProject.in(folder), call))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("wrangler.jsonc:2:")
        .hasMessageContaining("kv_namespaces KV needs \"id\", or leave to be made");
  }

  @Test
  void sendsNothingToQueuesThatAreNotThere() throws IOException {
    isNew("\"queues\": {\"producers\": [{\"binding\": \"Q\", \"queue\": \"jobs\"}]}");
    api.gives("GET " + ACCOUNT + "queues?name=jobs&page=1", "[]");

    assertThatThrownBy(() -> wrangler.deploy(WorkerProject.in(folder), call))
        .hasMessageContaining("there is no queue jobs");
    assertThat(api.writes()).isEmpty();
  }

  private DeployedWorker making() {
    return wrangler.deploy(WorkerProject.in(folder).makingResources(), call);
  }

  private UploadedVersion adding() {
    return wrangler.uploadVersion(
        WorkerProject.in(folder).makingResources(), VersionNote.none(), call);
  }

  private void assets() throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve("public")).resolve("a.txt"), "a\n");
  }

  private void isThere(String members) throws IOException {
    project(members);
    api.gives("GET shop/script-settings", "{}")
        .gives("GET shop/versions", "{\"items\":[{\"id\":\"v1\"}]}")
        .gives("GET shop/settings", "{\"bindings\":[]}");
  }

  private void isNew(String members) throws IOException {
    project(members);
    api.refuses("GET shop/script-settings", 404, 10007, "no Worker")
        .refuses("GET shop/versions", 404, 10007, "no Worker")
        .gives(PUT, "{}");
  }

  private void project(String members) throws IOException {
    ShopProject.write(folder, members);
  }

  private String upload() {
    return writes().stream().filter(line -> line.startsWith("PUT shop?")).findFirst().orElse("");
  }

  private List<String> writes() {
    return api.writes().stream().map(one -> one.line() + " " + one.body()).toList();
  }
}
