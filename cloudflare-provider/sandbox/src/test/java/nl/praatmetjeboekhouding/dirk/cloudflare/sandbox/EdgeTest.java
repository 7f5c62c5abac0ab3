package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The edge serves what is deployed, where it is deployed, to the shares that were asked for. */
class EdgeTest {

  private static final String CODE = "export default {}";
  private static final String SHOP = "http://shop.sandbox.workers.dev/";

  private final ManualTime time = ManualTime.create();
  private final CloudflareSandbox sandbox =
      CloudflareSandbox.builder().time(time).zone("example.com").seed(42).start();
  private final Client client = new Client(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void anUnknownHostIsNotFound() {
    assertThat(client.visit("http://nobody.example.com/").statusCode()).isEqualTo(404);
    assertThat(client.visit("http://nobody.example.com/").body()).contains("1016");
  }

  @Test
  void aWorkerThatIsNotOnWorkersDevIsNotFoundThere() {
    client.put("shop", Client.metadata(), Map.of("index.js", CODE));

    assertThat(client.visit(SHOP).statusCode()).isEqualTo(404);
  }

  @Test
  void anAnswerSaysThatTheWorkerDidNotRunForReal() {
    client.deployNew("shop", CODE);

    assertThat(client.visit(SHOP).headers().firstValue(EdgeServer.ENGINE)).contains("declared");
    assertThat(served()).isEqualTo(sandbox.versions("shop").get(0).id());
  }

  @Test
  void theMostSpecificRouteWinsAndACustomDomainBeforeIt() {
    for (String worker : new String[] {"wide", "host", "path", "domain"}) {
      client.deployNew(worker, CODE);
    }
    route("wide", "*.example.com/*");
    route("host", "api.example.com/*");
    route("path", "api.example.com/v2/*");
    var records = Json.object().put("override_scope", true);
    records.putArray("origins").addObject().put("hostname", "www.example.com");
    client.send("PUT", client.workers("scripts/domain/domains/records"), records);

    assertThat(worker("http://other.example.com/x")).isEqualTo("wide");
    assertThat(worker("http://api.example.com/x")).isEqualTo("host");
    assertThat(worker("http://api.example.com/v2/x")).isEqualTo("path");
    assertThat(worker("http://www.example.com/x")).isEqualTo("domain");
    assertThat(client.visit("http://example.com/").statusCode()).isEqualTo(404);
  }

  @Test
  void trafficIsSplitByPercentage() {
    client.deployNew("shop", CODE);
    String older = sandbox.versions("shop").get(0).id();
    String newer = client.version("shop", CODE);
    client.split("shop", Map.of(older, 80.0, newer, 20.0));

    long share = IntStream.range(0, 500).filter(count -> served().equals(newer)).count();

    assertThat(share).isBetween(70L, 130L);
  }

  @Test
  void aShareOfZeroIsReachedByOverrideOnly() {
    client.deployNew("shop", CODE);
    String older = sandbox.versions("shop").get(0).id();
    String dark = client.version("shop", CODE);
    Map<String, Double> shares = new LinkedHashMap<>();
    shares.put(dark, 0.0);
    shares.put(older, 100.0);
    client.split("shop", shares);

    assertThat(IntStream.range(0, 100).mapToObj(count -> served())).containsOnly(older);
    assertThat(served("shop=\"" + dark + "\"")).isEqualTo(dark);
    assertThat(served("other=\"x\", shop=\"" + dark + "\"")).isEqualTo(dark);
  }

  @Test
  void anOverrideThatNamesNoVersionOfTheDeploymentIsIgnored() {
    client.deployNew("shop", CODE);
    String live = sandbox.versions("shop").get(0).id();
    String uploaded = client.version("shop", CODE);

    assertThat(served("shop=\"" + uploaded + "\"")).isEqualTo(live);
    assertThat(served("other=\"" + live + "\"")).isEqualTo(live);
    assertThat(served("shop=" + uploaded)).isEqualTo(live);
    assertThat(served("\"")).isEqualTo(live);
  }

  @Test
  void theOldSplitAnswersUntilADeploymentHasPropagated() {
    client.deployNew("shop", CODE);
    String older = sandbox.versions("shop").get(0).id();
    sandbox.propagation(Duration.ofSeconds(10));
    String newer = client.version("shop", CODE);
    client.split("shop", Map.of(newer, 100.0));

    String atOnce = served();
    time.advance(Duration.ofSeconds(9));
    String justBefore = served();
    time.advance(Duration.ofSeconds(1));

    assertThat(atOnce).isEqualTo(older);
    assertThat(justBefore).isEqualTo(older);
    assertThat(served()).isEqualTo(newer);
  }

  @Test
  void propagationTakesRealTimeWhereTheClockIsReal() {
    Duration delay = Duration.ofMillis(300);
    try (CloudflareSandbox real = CloudflareSandbox.start()) {
      Client visitor = new Client(real);
      visitor.deployNew("shop", CODE);
      String older = real.versions("shop").get(0).id();
      String newer = visitor.version("shop", CODE);
      real.propagation(delay);
      visitor.split("shop", Map.of(newer, 100.0));
      long deployed = System.nanoTime();

      String served = older;
      while (served.equals(older) && System.nanoTime() - deployed < 20_000_000_000L) {
        served = visitor.visitJson(SHOP).path("version").asText();
      }

      assertThat(served).isEqualTo(newer);
      assertThat(Duration.ofNanos(System.nanoTime() - deployed))
          .isGreaterThan(delay.minusMillis(200));
      assertThat(real.visits())
          .first()
          .matches(visit -> visit.version().equals(Optional.of(older)));
    }
  }

  @Test
  void itKeepsALogOfWhoWasServedWhat() {
    client.deployNew("shop", CODE);
    String version = sandbox.versions("shop").get(0).id();
    sandbox.plant("shop.sandbox.workers.dev", EdgeFault.status(522));

    client.visit(SHOP + "a?b=c");
    client.visit(SHOP);
    client.visit("http://nobody.example.com/");

    assertThat(sandbox.visits("shop.sandbox.workers.dev"))
        .extracting(EdgeVisit::path, EdgeVisit::version, EdgeVisit::status, EdgeVisit::faulty)
        .containsExactly(
            tuple("/a", Optional.empty(), 522, true), tuple("/", Optional.of(version), 200, false));
    assertThat(sandbox.visits("nobody.example.com"))
        .singleElement()
        .satisfies(
            visit -> {
              assertThat(visit.worker()).isEmpty();
              assertThat(visit.status()).isEqualTo(404);
              assertThat(visit.number()).isEqualTo(3);
            });
  }

  @Test
  void aFirstDeploymentIsNotThereUntilItHasPropagated() {
    sandbox.propagation(Duration.ofSeconds(10));
    client.deployNew("shop", CODE);

    int atOnce = client.visit(SHOP).statusCode();
    time.advance(Duration.ofSeconds(10));

    assertThat(atOnce).isEqualTo(404);
    assertThat(client.visit(SHOP).statusCode()).isEqualTo(200);
  }

  @Test
  void aVersionHasAPreviewAddress() {
    client.deployNew("shop", CODE);
    String uploaded = client.version("shop", CODE);

    String address = "http://" + uploaded.substring(0, 8) + "-shop.sandbox.workers.dev/";

    assertThat(client.visitJson(address).path("version").asText()).isEqualTo(uploaded);
  }

  @Test
  void browsersFindAWorkerUnderLocalhost() {
    client.deployNew("shop", CODE);

    var answer =
        client.visit("http://shop.sandbox.workers.dev.localhost:" + sandbox.edgePort() + "/");

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void aDeclaredBehaviourSeesTheRequestAndItsVersion() {
    sandbox.behaviour(
        "shop",
        request ->
            WorkerAnswer.text(
                    201,
                    request.method()
                        + " "
                        + request.uri()
                        + " "
                        + request.version().number()
                        + " "
                        + request.headers().get("X-one"))
                .with("x-two", "2"));
    client.deployNew("shop", CODE);

    var answer = client.visit(SHOP + "a%20b?c=d", "x-one", "1");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("GET https://shop.sandbox.workers.dev/a%20b?c=d 1 [1]");
    assertThat(answer.headers().firstValue("x-two")).contains("2");
  }

  @Test
  void aBehaviourThatThrowsIsAnExceptionOfTheWorker() {
    sandbox.behaviour(
        "shop",
        request -> {
          throw new IllegalStateException("on purpose");
        });
    client.deployNew("shop", CODE);

    assertThat(client.visit(SHOP).statusCode()).isEqualTo(500);
    assertThat(client.visit(SHOP).body()).contains("1101").doesNotContain("on purpose");
  }

  private String served() {
    return client.visitJson(SHOP).path("version").asText();
  }

  private String served(String override) {
    return client.visitJson(SHOP, Overrides.HEADER, override).path("version").asText();
  }

  private String worker(String url) {
    return client.visitJson(url).path("worker").asText();
  }

  private void route(String worker, String pattern) {
    client.send(
        "PUT",
        client.workers("scripts/" + worker + "/routes"),
        Json.MAPPER.createArrayNode().add(Json.object().put("pattern", pattern)));
  }
}
