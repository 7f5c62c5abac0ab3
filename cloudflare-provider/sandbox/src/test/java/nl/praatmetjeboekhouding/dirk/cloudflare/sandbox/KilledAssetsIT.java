package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.cloudflare.DeployedWorker;
import nl.praatmetjeboekhouding.dirk.cloudflare.Pages;
import nl.praatmetjeboekhouding.dirk.cloudflare.PagesDeployment;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process is killed (SIGKILL) among the static assets of its Worker: whoever deploys the same
 * project next comes to the right end and sends no content that has arrived.
 */
@EnabledOnOs(OS.LINUX)
class KilledAssetsIT {

  private static final String WORKER = "shop-production";
  private static final String SESSION = "**/scripts/" + WORKER + "/assets-upload-session";
  private static final String BUCKET = "**/workers/assets/upload";
  private static final String STORE = "/pages/assets/upload";
  private static final String NOTED = "/pages/assets/upsert-hashes";
  private static final String DEPLOYMENTS = "**/pages/projects/shop/deployments";
  private static final String PUT = "**/scripts/" + WORKER;
  private static final String ADD = "**/scripts/" + WORKER + "/versions";

  /** Contents of the shop: three pages, and what tells its version. */
  private static final int CONTENTS = 4;

  @TempDir private Path folder;
  private CloudflareSandbox sandbox;
  private Shop shop;

  @BeforeEach
  void open() throws IOException {
    sandbox = CloudflareSandbox.builder().assetBucket(1).start();
    shop = new Shop(sandbox, folder).settlingWithin("100ms");
    shop.project(
        """
        { "name": "shop", "compatibility_date": "2026-03-01", "workers_dev": true,
          "assets": { "directory": "public" }, "env": { "staging": {}, "production": {} } }
        """);
    file("index.html", "<h1>shop</h1>");
    file("help.html", "<h1>help</h1>");
    file("about.html", "<h1>about</h1>");
    file("health", "{\"version\":\"1.0.0\"}");
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  static Stream<Arguments> placesOfAPlainDeploy() {
    return Stream.of(
        Arguments.of("once the session is open", Fault.hangAfter().on("POST", SESSION)),
        Arguments.of(
            "between two buckets", Fault.hangBefore().on("POST", BUCKET).after(2).times(3)),
        Arguments.of("once a bucket has arrived", Fault.hangAfter().on("POST", BUCKET).after(3)),
        Arguments.of("before the upload of the Worker", Fault.hangBefore().on("PUT", PUT)),
        Arguments.of("once the Worker is live", Fault.hangAfter().on("PUT", PUT)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("placesOfAPlainDeploy")
  void aPlainDeployIsDoneAgainAndSendsWhatIsMissing(String where, Fault fault) throws Exception {
    killedAt(fault, "plainly");

    DeployedWorker deployed = DeployingJvm.plainly(sandbox.apiUri(), sandbox.accountId(), folder);

    assertThat(deployed.worker()).isEqualTo(WORKER);
    assertThat(arrived()).hasSize(CONTENTS);
    assertServesAll();
  }

  static Stream<Arguments> placesOfAnUpdate() {
    return Stream.of(
        Arguments.of("between two buckets", Fault.hangBefore().on("POST", BUCKET).after(1)),
        Arguments.of("before the version is added", Fault.hangBefore().on("POST", ADD)),
        Arguments.of("once the version is added", Fault.hangAfter().on("POST", ADD)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("placesOfAnUpdate")
  void anUpdateIsDoneAgainAndSendsWhatIsMissing(String where, Fault fault) throws Exception {
    DeployedWorker first = DeployingJvm.plainly(sandbox.apiUri(), sandbox.accountId(), folder);
    file("help.html", "<h1>better help</h1>");
    file("new.html", "<h1>new</h1>");

    killedAt(fault, "plainly");
    DeployedWorker second = DeployingJvm.plainly(sandbox.apiUri(), sandbox.accountId(), folder);

    assertThat(second.version()).isNotEqualTo(first.version());
    assertThat(arrived()).hasSize(CONTENTS + 2);
    assertThat(get("/help")).isEqualTo("<h1>better help</h1>");
  }

  static Stream<Arguments> placesOfARun() {
    return Stream.of(
        Arguments.of("once the session is open", Fault.hangAfter().on("POST", SESSION)),
        Arguments.of(
            "between two buckets",
            Fault.hangBefore().on("POST", BUCKET).after(CONTENTS + 2).times(3)),
        Arguments.of(
            "once a bucket has arrived", Fault.hangAfter().on("POST", BUCKET).after(CONTENTS + 3)),
        Arguments.of("before the upload of the Worker", Fault.hangBefore().on("PUT", PUT)),
        Arguments.of("once the Worker is live", Fault.hangAfter().on("PUT", PUT)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("placesOfARun")
  void aRunIsResumedAndSendsWhatIsMissing(String where, Fault fault) throws Exception {
    killedAt(fault, "runbook");

    List<RunReport> resumed = shop.later(Duration.ofMinutes(2)).resume();

    assertThat(resumed)
        .as(() -> resumed.stream().map(RunReport::summary).toList().toString())
        .extracting(RunReport::outcome)
        .containsExactly(Outcome.SUCCEEDED);
    assertThat(arrived()).hasSize(2 * CONTENTS);
    assertThat(sandbox.versions(WORKER)).hasSize(1);
    assertServesAll();
  }

  static Stream<Arguments> placesInPages() {
    return Stream.of(
        Arguments.of(
            "between two requests", Fault.hangBefore().on("POST", STORE).after(1).times(2)),
        Arguments.of("once a request has arrived", Fault.hangAfter().on("POST", STORE).after(2)),
        Arguments.of("before the contents are noted", Fault.hangBefore().on("POST", NOTED)),
        Arguments.of("before the deployment", Fault.hangBefore().on("POST", DEPLOYMENTS)));
  }

  /** Three files go in a request each. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("placesInPages")
  void aSiteIsDeployedAgainAndSendsWhatIsMissing(String where, Fault fault) throws Exception {
    Files.delete(folder.resolve("public/about.html"));
    Secret token = Secret.of("TOKEN", () -> CloudflareSandbox.TOKEN);
    try (Pages pages =
        Pages.open(sandbox.apiUri(), token, sandbox.accountId(), TimeSource.system())) {
      pages.createProject(
          Json.object().put("name", "shop").put("production_branch", "main"),
          CallContext.of(Duration.ofSeconds(20)));
    }
    killedAt(fault, "pages");

    PagesDeployment deployed = DeployingJvm.toPages(sandbox.apiUri(), sandbox.accountId(), folder);

    assertThat(deployed.warnings()).isEmpty();
    assertThat(sandbox.pagesDeployments("shop")).hasSize(1);
    assertThat(sandbox.log("POST", STORE).stream().filter(call -> call.status() == 200)).hasSize(3);
  }

  private void assertServesAll() {
    assertThat(get("/")).isEqualTo("<h1>shop</h1>");
    assertThat(get("/help")).isEqualTo("<h1>help</h1>");
    assertThat(get("/about")).isEqualTo("<h1>about</h1>");
    assertThat(get("/health")).contains("1.0.0");
  }

  /** Has another process deploy, and kills it while it waits where the fault holds it. */
  private void killedAt(Fault fault, String way) throws Exception {
    PlantedFault planted = sandbox.plant(fault);
    Process deploying =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                DeployingJvm.class.getName(),
                sandbox.apiUri().toString(),
                Integer.toString(sandbox.edgePort()),
                sandbox.accountId(),
                folder.toString(),
                way,
                "1.0.0")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("deploying.txt").toFile())
            .start();
    boolean met = planted.awaitHit(Duration.ofMinutes(1));
    assertThat(met).as(() -> "what it said: " + said()).isTrue();
    deploying.destroyForcibly();
    assertThat(deploying.waitFor(30, TimeUnit.SECONDS)).isTrue();
    planted.remove();
    if (fault.kind() == Fault.Kind.HANG_AFTER) {
      planted.release();
    }
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("deploying.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The requests that brought a content: each bucket holds one. */
  private List<ApiCall> arrived() {
    return sandbox.log("POST", BUCKET).stream().filter(call -> call.status() == 200).toList();
  }

  private String get(String path) {
    return new Client(sandbox).visit("http://" + Shop.PRODUCTION + path).body();
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve("public").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
