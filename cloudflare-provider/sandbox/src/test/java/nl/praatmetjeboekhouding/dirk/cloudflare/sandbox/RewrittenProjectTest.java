package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A build tool writes the project's folder anew while a run deploys from it. */
class RewrittenProjectTest {

  private static final String WORKER = "shop-production";
  private static final String ADD = "**/scripts/" + WORKER + "/versions";
  private static final String SWITCH = "**/scripts/" + WORKER + "/deployments";

  @TempDir private Path folder;
  private CloudflareSandbox sandbox;
  private Shop shop;

  @BeforeEach
  void open() {
    sandbox = CloudflareSandbox.start();
    shop = new Shop(sandbox, folder).settlingWithin("100ms");
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  static Stream<Arguments> rewritings() {
    return Stream.of(
        Arguments.of("\"name\": \"other\"", "names other by now"),
        Arguments.of(
            "\"name\": \"shop-staging\", \"targetEnvironment\": \"staging\"",
            "was made for the environment staging, and not for production"),
        Arguments.of("\"name\": 7", "\"name\""),
        Arguments.of("half a fi", "made.json"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rewritings")
  void endsTheRunBeforeTheSwitchInTrueWords(String made, String why) {
    assertThat(shop.deploy("1.0.0").outcome()).isEqualTo(Outcome.SUCCEEDED);
    Map<String, Double> serving = shares();
    onEach(Fault.delay(Duration.ZERO).on("POST", ADD), made);

    RunReport report = shop.deploy("1.1.0");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.summary()).contains(why).contains("Production is as it was");
    assertThat(shares()).isEqualTo(serving);
    assertThat(sandbox.workers()).doesNotContain("other");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rewritings")
  void doesNotKeepARunFromItsWayBack(String made, String unused) {
    assertThat(shop.deploy("1.0.0").outcome()).isEqualTo(Outcome.SUCCEEDED);
    Map<String, Double> serving = shares();
    sandbox.behaviour(WORKER, RewrittenProjectTest::sickIfNew);
    onEach(Fault.delay(Duration.ZERO).on("POST", SWITCH).after(1), made);

    RunReport report = shop.deploy("1.1.0");

    assertThat(report.outcome()).as(report.summary()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(shares()).isEqualTo(serving);
    assertThat(sandbox.workers()).doesNotContain("other");
  }

  /** The shares of all versions that serve. */
  private Map<String, Double> shares() {
    return sandbox.active(WORKER).orElseThrow().shares();
  }

  /** The second version, once it serves more than those who ask for it. */
  private static WorkerAnswer sickIfNew(WorkerRequest request) {
    String body = "{\"version\": \"" + request.version().id() + "\"}";
    return request.version().number() > 1 && !request.asksForVersion()
        ? new WorkerAnswer(500, Map.of("content-type", "application/json"), body)
        : WorkerAnswer.json(body);
  }

  private void onEach(Fault fault, String made) {
    sandbox.plant(fault).onHit(() -> build(made));
  }

  private void build(String made) {
    try {
      Path word = Files.createDirectories(folder.resolve(".wrangler/deploy"));
      Files.writeString(word.resolve("config.json"), "{\"configPath\": \"../../made.json\"}");
      Files.writeString(folder.resolve("made.json"), "{\"main\": \"index.js\", " + made + "}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
