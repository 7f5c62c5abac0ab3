package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults do what they say, to the requests they are aimed at, and to no others. */
class FaultTest {

  private static final String SHOP = "http://shop.sandbox.workers.dev/";
  private static final String HOST = "shop.sandbox.workers.dev";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ManualTime time = ManualTime.create();
  private final CloudflareSandbox sandbox = CloudflareSandbox.builder().time(time).start();
  private final Client client = new Client(sandbox);

  @BeforeEach
  void deploy() {
    client.deployNew("shop", "export default {}");
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void aStatusBeforeHasNoEffect() {
    sandbox.plant(Fault.statusBefore(503).on("POST", "**/deployments"));

    Client.Reply reply = deployAgain();

    assertThat(reply.status()).isEqualTo(503);
    assertThat(sandbox.deployments("shop")).hasSize(1);
    assertThat(sandbox.log("POST", "**/deployments"))
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.status()).isEqualTo(503);
              assertThat(call.faulty()).isTrue();
            });
  }

  @Test
  void aRefusalSaysWhatCloudflareSays() {
    sandbox.plant(Fault.refusal(400, 10021, "Uncaught SyntaxError").on("POST", "**/versions"));

    Client.Reply reply =
        client.postVersion("shop", Client.metadata(), Map.of("index.js", "export default {}"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo(10021);
    assertThat(reply.message()).isEqualTo("Uncaught SyntaxError");
    assertThat(sandbox.versions("shop")).hasSize(1);
  }

  @Test
  void aConnectionCutInTheAnswerHasAnEffect() {
    sandbox.plant(Fault.cut().on("POST", "**/deployments"));

    assertThatThrownBy(this::deployAgain).hasRootCauseInstanceOf(EOFException.class);
    assertThat(sandbox.deployments("shop")).hasSize(2);
  }

  @Test
  void aStatusAfterHasAnEffectThatTheAnswerDenies() {
    sandbox.plant(Fault.statusAfter(502).on("POST", "**/deployments"));

    Client.Reply reply = deployAgain();

    assertThat(reply.status()).isEqualTo(502);
    assertThat(sandbox.deployments("shop")).hasSize(2);
  }

  @Test
  void aConnectionDroppedBeforeHasNoEffect() {
    sandbox.plant(Fault.dropBefore().on("POST", "**/deployments").times(2));

    assertThatThrownBy(this::deployAgain).isInstanceOf(UncheckedIOException.class);
    assertThat(sandbox.deployments("shop")).hasSize(1);
    assertThat(sandbox.log("POST", "**/deployments")).allMatch(call -> call.status() == 0);
  }

  @Test
  void aConnectionDroppedAfterHasAnEffect() {
    sandbox.plant(Fault.dropAfter().on("POST", "**/deployments"));

    assertThatThrownBy(this::deployAgain).isInstanceOf(UncheckedIOException.class);
    assertThat(sandbox.deployments("shop")).hasSize(2);
  }

  @Test
  void aRequestThatHungLandsLateOnceItIsReleased() throws Exception {
    PlantedFault hanging = sandbox.plant(Fault.hangBefore().on("POST", "**/deployments"));
    CompletableFuture<Client.Reply> late = CompletableFuture.supplyAsync(this::deployAgain);

    assertThat(hanging.awaitHit(PATIENCE)).isTrue();
    int before = sandbox.deployments("shop").size();
    hanging.release();

    assertThat(late.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
    assertThat(before).isEqualTo(1);
    assertThat(sandbox.deployments("shop")).hasSize(2);
  }

  @Test
  void anAnswerThatHangsComesTooLateForWhoDoesNotWait() {
    PlantedFault hanging = sandbox.plant(Fault.hangAfter().on("POST", "**/deployments"));

    assertThatThrownBy(
            () ->
                client.send(
                    client
                        .request(client.workers("scripts/shop/deployments"))
                        .timeout(Duration.ofMillis(300))
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(again().toString()))
                        .build()))
        .hasCauseInstanceOf(HttpTimeoutException.class);
    assertThat(sandbox.deployments("shop")).hasSize(2);
    assertThat(hanging.hits()).isEqualTo(1);
  }

  @Test
  void aTruncatedAnswerIsNotJson() {
    sandbox.plant(Fault.truncated().on("GET", "**/deployments"));

    HttpResponse<String> answer =
        client.send(client.request(client.workers("scripts/shop/deployments")).GET().build());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{").doesNotEndWith("}");
  }

  @Test
  void somethingInBetweenAnswersHtml() {
    sandbox.plant(Fault.html(403));

    HttpResponse<String> answer = client.send(client.request("/accounts").GET().build());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/html");
  }

  @Test
  void tooManyRequestsSayWhenToComeBack() {
    sandbox.plant(Fault.tooMany(Duration.ofSeconds(7)).on("*", "/accounts"));

    Client.Reply reply = client.get("/accounts");

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.http().headers().firstValue("retry-after")).contains("7");
  }

  @Test
  void aDelayTakesTheSandboxesTime() {
    Instant start = time.instant();
    sandbox.plant(Fault.delay(Duration.ofMinutes(3)).on("GET", "/accounts"));

    Client.Reply reply = client.get("/accounts");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(time.instant()).isEqualTo(start.plus(Duration.ofMinutes(3)));
  }

  @Test
  void readsDoNotShowForAWhileWhatOneRequestDid() {
    sandbox.plant(Fault.lag(Duration.ofSeconds(20)).on("POST", "**/deployments"));

    assertThat(deployAgain().status()).isEqualTo(200);
    deployAgain();
    sandbox.plant(Fault.dropAfter().unseenFor(Duration.ofSeconds(20)));
    assertThatThrownBy(this::deployAgain).isInstanceOf(UncheckedIOException.class);

    assertThat(sandbox.deployments("shop")).hasSize(4);
    assertThat(listed()).isEqualTo(2);
    time.advance(Duration.ofSeconds(20));
    assertThat(listed()).isEqualTo(4);
  }

  @Test
  void whoHangsMaySpendTheSandboxesTimeAndATestHearsOfIt() throws Exception {
    Instant start = time.instant();
    PlantedFault hanging = sandbox.plant(Fault.hangAfter().lasting(Duration.ofSeconds(30)));
    CompletableFuture<Instant> hit = new CompletableFuture<>();
    hanging.onHit(() -> hit.complete(time.instant()));
    hanging.release();

    assertThat(deployAgain().status()).isEqualTo(200);

    assertThat(hit).isCompletedWithValue(start);
    assertThat(time.instant()).isEqualTo(start.plusSeconds(30));
  }

  @Test
  void aFaultMeetsAsManyAsItShouldAndSparesTheFirst() {
    PlantedFault fault =
        sandbox.plant(Fault.statusBefore(500).on("GET", "/acc*").times(2).after(1));

    int[] statuses =
        java.util.stream.IntStream.range(0, 5)
            .map(count -> client.get("/accounts").status())
            .toArray();

    assertThat(statuses).containsExactly(200, 500, 500, 200, 200);
    assertThat(client.get("/memberships").status()).isEqualTo(200);
    assertThat(fault.hits()).isEqualTo(2);
  }

  @Test
  void aRemovedFaultMeetsNobody() {
    PlantedFault fault = sandbox.plant(Fault.statusBefore(500).times(100));

    fault.remove();

    assertThat(client.get("/accounts").status()).isEqualTo(200);
    assertThat(fault.hits()).isZero();
  }

  @Test
  void starsInAPatternStandForSegments() {
    assertThat(Fault.matches("/a/*/c", "/a/b/c")).isTrue();
    assertThat(Fault.matches("/a/*/c", "/a/b/b/c")).isFalse();
    assertThat(Fault.matches("/a/**", "/a/b/b/c")).isTrue();
    assertThat(Fault.matches("**/c", "/a/b/c")).isTrue();
    assertThat(Fault.matches("/a.c", "/abc")).isFalse();
  }

  @Test
  void theEdgeAnswersAStatusForOneHostOnly() {
    client.deployNew("blog", "export default {}");
    sandbox.plant(HOST, EdgeFault.status(522).times(2));

    assertThat(client.visit(SHOP).statusCode()).isEqualTo(522);
    assertThat(client.visit("http://blog.sandbox.workers.dev/").statusCode()).isEqualTo(200);
    assertThat(client.visit(SHOP).statusCode()).isEqualTo(522);
    assertThat(client.visit(SHOP).statusCode()).isEqualTo(200);
  }

  @Test
  void theEdgeSparesTheFirst() {
    sandbox.plant(HOST, EdgeFault.status(503).after(1));

    assertThat(client.visit(SHOP).statusCode()).isEqualTo(200);
    assertThat(client.visit(SHOP).statusCode()).isEqualTo(503);
    assertThat(client.visit(SHOP).statusCode()).isEqualTo(200);
  }

  @Test
  void theEdgeDropsAConnection() {
    sandbox.plant(HOST, EdgeFault.drop().times(2));

    assertThatThrownBy(() -> client.visit(SHOP)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void theEdgeHangsUntilItIsReleased() throws Exception {
    PlantedFault hanging = sandbox.plant(HOST, EdgeFault.hang());
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(() -> client.visit(SHOP).statusCode());

    assertThat(hanging.awaitHit(PATIENCE)).isTrue();
    assertThat(status).isNotDone();
    hanging.release();

    assertThat(status.get(20, TimeUnit.SECONDS)).isEqualTo(200);
  }

  @Test
  void theEdgeLeadsElsewhere() {
    sandbox.plant(HOST, EdgeFault.redirect(URI.create("http://169.254.169.254/")));

    HttpResponse<String> answer = client.visit(SHOP);

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("location")).contains("http://169.254.169.254/");
  }

  @Test
  void theEdgeIsSlowByTheSandboxesTime() {
    Instant start = time.instant();
    sandbox.plant(HOST, EdgeFault.slow(Duration.ofSeconds(30)));

    assertThat(client.visit(SHOP).statusCode()).isEqualTo(200);
    assertThat(time.instant()).isEqualTo(start.plusSeconds(30));
  }

  @Test
  void aHugeBodyIsStreamed() throws IOException {
    sandbox.plant("*", EdgeFault.huge(1L << 30));

    long before = Runtime.getRuntime().totalMemory();
    try (var body = sandbox.edgeUri().toURL().openStream()) {
      body.skipNBytes(64L << 20);
    }

    assertThat(Runtime.getRuntime().totalMemory() - before).isLessThan(512L << 20);
  }

  @Test
  void closingLetsGoOfWhatHangs() throws Exception {
    PlantedFault hanging = sandbox.plant(Fault.hangBefore().on("POST", "**/deployments"));
    CompletableFuture<Client.Reply> late = CompletableFuture.supplyAsync(this::deployAgain);
    assertThat(hanging.awaitHit(PATIENCE)).isTrue();

    sandbox.close();

    assertThat(late).failsWithin(PATIENCE);
    assertThat(sandbox.deployments("shop")).hasSize(1);
  }

  private int listed() {
    return client
        .get(client.workers("scripts/shop/deployments"))
        .result()
        .path("deployments")
        .size();
  }

  private Client.Reply deployAgain() {
    return client.send("POST", client.workers("scripts/shop/deployments"), again());
  }

  private ObjectNode again() {
    ObjectNode body = Json.object().put("strategy", "percentage");
    body.putArray("versions")
        .addObject()
        .put("version_id", sandbox.versions("shop").get(0).id())
        .put("percentage", 100);
    return body;
  }
}
