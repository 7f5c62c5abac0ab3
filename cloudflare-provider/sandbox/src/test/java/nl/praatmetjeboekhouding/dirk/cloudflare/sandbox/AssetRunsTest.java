package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.cloudflare.DeployedWorker;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Static assets go with a Worker through a runbook, each content once. */
class AssetRunsTest {

  private static final String WORKER = "shop-production";

  private static final String ASSETS_ALONE =
      """
      { "name": "shop", "compatibility_date": "2026-03-01", "workers_dev": true,
        "assets": { "directory": "public", "not_found_handling": "404-page" },
        "env": { "staging": {}, "production": {} } }
      """;

  private static final String WITH_CODE =
      """
      { "name": "shop", "main": "index.js", "compatibility_date": "2026-03-01", "workers_dev": true,
        "assets": { "directory": "public", "binding": "ASSETS" },
        "env": { "staging": {}, "production": {} } }
      """;

  @TempDir private Path folder;
  private CloudflareSandbox sandbox;
  private Shop shop;

  @BeforeEach
  void open() throws IOException {
    sandbox = CloudflareSandbox.builder().assetBucket(1).start();
    shop = new Shop(sandbox, folder).settlingWithin("100ms");
    shop.project(ASSETS_ALONE);
    file("index.html", "<h1>shop</h1>");
    file("help/wo ist \\ das?.html", "<h1>help</h1>");
    file("404.html", "<h1>not here</h1>");
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void makeAWorkerOfTheirOwnThatIsGatedAndServes() throws IOException {
    assertThat(deploy("1.0.0").outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(deploy("1.1.0").outcome()).isEqualTo(Outcome.SUCCEEDED);

    assertThat(get("/").body()).isEqualTo("<h1>shop</h1>");
    assertThat(get("/help/wo%20ist%20%5C%20das%3F").body()).isEqualTo("<h1>help</h1>");
    assertThat(get("/nowhere").statusCode()).isEqualTo(404);
    assertThat(get("/health").body()).contains("1.1.0");
    assertThat(sandbox.versions(WORKER)).hasSize(2);
  }

  @Test
  void goBackWithTheVersionThatTheyCameWith() throws IOException {
    deploy("1.0.0");
    file("index.html", "<h1>new</h1>");
    deploy("1.1.0");

    RunReport back = shop.rollback("back");

    assertThat(back.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(get("/").body()).isEqualTo("<h1>shop</h1>");
  }

  @Test
  void goBesideCodeWhichAnswersTheRest() {
    shop.project(WITH_CODE);
    sandbox.behaviour("shop-staging", request -> WorkerAnswer.json("{\"version\":\"1.0.0\"}"));
    sandbox.behaviour(WORKER, request -> WorkerAnswer.json("{\"version\":\"1.0.0\"}"));

    RunReport report = shop.deploy("1.0.0");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(get("/").body()).isEqualTo("<h1>shop</h1>");
    assertThat(get("/other").body()).contains("1.0.0");
  }

  @Test
  void areCountedInThePlanWhichBringsNone() throws IOException {
    deploy("1.0.0");
    file("index.html", "<h1>new</h1>");
    file("copy.html", "<h1>new</h1>");
    int sent = uploads().size();

    DeployPlan plan = shop.plan("1.1.0");

    assertThat(plan.stages().get(1).changes())
        .contains("1 of 4 contents of static assets are new")
        .anyMatch(
            change -> change.startsWith("Code changes") && change.endsWith("5 static assets"));
    assertThat(uploads()).hasSize(sent);
  }

  @Test
  void areNotSentAgainByTheRunThatGoesOnAfterItWasStoppedAmongThem() throws IOException {
    Thread runner = Thread.currentThread();
    PlantedFault stopped =
        sandbox.plant(Fault.hangBefore().on("POST", "**/workers/assets/upload").after(5).times(3));
    stopped.onHit(runner::interrupt);
    RunReport open = deploy("1.0.0");
    assertThat(Thread.interrupted()).isTrue();
    stopped.remove();
    stopped.release();
    assertThat(open.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(sandbox.workers()).doesNotContain(WORKER);

    List<RunReport> resumed = shop.resume();

    assertThat(resumed).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    assertThat(uploads().stream().filter(call -> call.status() == 200)).hasSize(2 * 4);
    assertThat(sandbox.versions(WORKER)).hasSize(1);
  }

  @Test
  void areNotSentAgainByAPlainDeployAfterOneWhoseConnectionsBroke() throws IOException {
    file("health", "{\"version\":\"1.0.0\"}");
    PlantedFault broken =
        sandbox.plant(Fault.dropBefore().on("POST", "**/workers/assets/upload").after(2).times(99));

    assertThatThrownBy(() -> DeployingJvm.plainly(sandbox.apiUri(), sandbox.accountId(), folder))
        .hasMessageContaining("2 of 4 contents that were missing have arrived")
        .hasMessageContaining("was sent");
    broken.remove();
    boolean made = sandbox.workers().contains(WORKER);
    DeployedWorker deployed = DeployingJvm.plainly(sandbox.apiUri(), sandbox.accountId(), folder);

    assertThat(made).isFalse();
    assertThat(deployed.worker()).isEqualTo(WORKER);
    assertThat(uploads().stream().filter(call -> call.status() == 200)).hasSize(4);
    assertThat(get("/").body()).isEqualTo("<h1>shop</h1>");
  }

  @Test
  void leaveNoTokenInWhatIsKept() throws IOException {
    deploy("1.0.0");

    try (Stream<Path> files = Files.walk(folder.resolve("journal"))) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(text(file)).doesNotContain("session."));
    }
  }

  private RunReport deploy(String version) throws IOException {
    file("health", "{\"version\":\"" + version + "\"}");
    return shop.deploy(version);
  }

  private List<ApiCall> uploads() {
    return sandbox.log().stream()
        .filter(call -> call.path().endsWith("/workers/assets/upload"))
        .toList();
  }

  private HttpResponse<String> get(String path) {
    return new Client(sandbox).visit("http://" + Shop.PRODUCTION + path);
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve("public").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
