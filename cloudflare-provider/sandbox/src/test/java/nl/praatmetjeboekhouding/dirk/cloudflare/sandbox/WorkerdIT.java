package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploaded modules run for real, one process a version, and nothing of it outlives the sandbox. */
class WorkerdIT {

  private static final String SHOP = "http://shop.sandbox.workers.dev/";

  private final Workerd workerd = NodeTools.workerd();
  private final CloudflareSandbox sandbox =
      CloudflareSandbox.builder().workerd(workerd).liveWorkers(2).start();
  private final Client client = new Client(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void aSyntaxErrorIsRefusedWithWhatIsWrong() {
    Client.Reply refused = client.deployNew("shop", "export default { fetch( {");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo(10021);
    assertThat(refused.message()).contains("SyntaxError").contains("index.js");
    assertThat(sandbox.workers()).isEmpty();
  }

  @Test
  void aVersionThatDoesNotStartIsNotKept() {
    client.deployNew("shop", answering("1"));

    Client.Reply refused =
        client.postVersion(
            "shop", Client.metadata(), Map.of("index.js", "throw new Error('too early');"));

    assertThat(refused.code()).isEqualTo(10021);
    assertThat(refused.message()).contains("too early");
    assertThat(sandbox.versions("shop")).hasSize(1);
  }

  @Test
  void aWorkerThatNeverFinishesStartingIsRefused() {
    try (CloudflareSandbox impatient =
        CloudflareSandbox.builder().workerd(workerd).startupLimit(Duration.ofSeconds(1)).start()) {
      Client.Reply refused = new Client(impatient).deployNew("shop", "while (true) {}");

      assertThat(refused.code()).isEqualTo(10021);
      assertThat(refused.message()).contains("startup exceeded CPU time limit");
      assertThat(processes()).isEmpty();
    }
  }

  @Test
  void closingDoesNotWaitForAWorkerThatHangs() throws Exception {
    client.deployNew("shop", "export default { fetch: () => scheduler.wait(1e9) };");
    CompletableFuture<HttpResponse<String>> hanging =
        CompletableFuture.supplyAsync(() -> client.visit(SHOP));
    while (processes().isEmpty()) {
      Thread.onSpinWait();
    }

    long before = System.nanoTime();
    sandbox.close();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(9));
    assertThat(hanging).failsWithin(Duration.ofSeconds(20));
  }

  @Test
  void theWorkerSeesTheRequestAsItWasSent() {
    client.deployNew(
        "shop",
        """
        export default {
          async fetch(request) {
            return Response.json({
              method: request.method,
              url: request.url,
              origin: request.headers.get("origin"),
              body: await request.text(),
            }, { status: 202, headers: { "x-seen": "yes" } });
          },
        };
        """);

    HttpResponse<String> answer =
        client.visit(
            HttpRequest.newBuilder(URI.create(SHOP + "a%2Fb?c=d&e"))
                .header("origin", "https://example.com")
                .POST(BodyPublishers.ofString("the body ü"))
                .build());

    JsonNode seen = ApiRequest.read(Bytes.utf8(answer.body()));
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("x-seen")).contains("yes");
    assertThat(answer.headers().firstValue(EdgeServer.ENGINE)).contains("workerd");
    assertThat(seen.path("method").asText()).isEqualTo("POST");
    assertThat(seen.path("url").asText()).endsWith("shop.sandbox.workers.dev/a%2Fb?c=d&e");
    assertThat(seen.path("origin").asText()).isEqualTo("https://example.com");
    assertThat(seen.path("body").asText()).isEqualTo("the body ü");
  }

  @Test
  void streamsRedirectsCookiesAndEmptyAnswersComeThrough() {
    client.deployNew(
        "shop",
        """
        export default {
          fetch(request) {
            switch (new URL(request.url).pathname) {
              case "/stream": {
                let count = 0;
                return new Response(new ReadableStream({
                  pull(out) {
                    if (count++ < 3) out.enqueue(new TextEncoder().encode("part" + count));
                    else out.close();
                  },
                }));
              }
              case "/empty": return new Response(null, { status: 204 });
              case "/away": return Response.redirect("https://example.com/", 302);
              default: {
                const answer = new Response("own error", { status: 500 });
                answer.headers.append("set-cookie", "a=1");
                answer.headers.append("set-cookie", "b=2");
                return answer;
              }
            }
          },
        };
        """);

    assertThat(client.visit(SHOP + "stream").body()).isEqualTo("part1part2part3");
    assertThat(client.visit(SHOP + "empty").statusCode()).isEqualTo(204);
    assertThat(client.visit(SHOP + "away").headers().firstValue("location"))
        .contains("https://example.com/");
    HttpResponse<String> own = client.visit(SHOP);
    assertThat(own.body()).isEqualTo("own error");
    assertThat(own.headers().allValues("set-cookie")).containsExactlyInAnyOrder("a=1", "b=2");
  }

  @Test
  void anExceptionOfTheWorkerIsCloudflaresErrorPage() {
    client.deployNew("shop", "export default { fetch() { throw new Error('inside'); } };");

    HttpResponse<String> answer = client.visit(SHOP);

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("1101").doesNotContain("inside");
  }

  @Test
  void anAnswerThatTheWorkerBreaksOffDoesNotLookComplete() {
    client.deployNew(
        "shop",
        """
        export default {
          fetch() {
            let first = true;
            return new Response(new ReadableStream({
              pull(out) {
                if (first) out.enqueue(new TextEncoder().encode("half"));
                else out.error(new Error("broken"));
                first = false;
              },
            }));
          },
        };
        """);

    assertThatThrownBy(() -> client.visit(SHOP)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void bindingsAreThereAndThoseThatCannotBeAreNamed() {
    ObjectNode metadata = Client.metadata();
    metadata
        .putArray("bindings")
        .add(binding("TEXT", "plain_text").put("text", "a \"quoted\"\nline ü"))
        .add(binding("KEY", "secret_text").put("text", "s3cret"))
        .add(binding("VERSION", "version_metadata"))
        .add(binding("KV", "kv_namespace").put("namespace_id", "1"))
        .add(binding("LIST", "json").set("json", Json.texts(List.of("x", "y"))));
    metadata.putObject("annotations").put("workers/tag", "v1");
    client.put(
        "shop",
        metadata,
        Map.of("index.js", "export default { fetch: (_, env) => Response.json(env) };"));
    client.send(
        "POST", client.workers("scripts/shop/subdomain"), Json.object().put("enabled", true));

    HttpResponse<String> answer = client.visit(SHOP);

    JsonNode env = ApiRequest.read(Bytes.utf8(answer.body()));
    assertThat(env.path("TEXT").asText()).isEqualTo("a \"quoted\"\nline ü");
    assertThat(env.path("KEY").asText()).isEqualTo("s3cret");
    assertThat(env.path("LIST").get(1).asText()).isEqualTo("y");
    assertThat(env.at("/VERSION/id").asText()).isEqualTo(sandbox.versions("shop").get(0).id());
    assertThat(env.at("/VERSION/tag").asText()).isEqualTo("v1");
    assertThat(env.has("KV")).isFalse();
    assertThat(answer.headers().firstValue("x-dirk-sandbox-missing")).contains("KV");
  }

  @Test
  void aDateAfterTheBinarysIsLoweredInSight() {
    ManualTime later = ManualTime.startingAt(Instant.parse("2099-01-01T00:00:00Z"));
    ObjectNode metadata = Client.metadata().put("compatibility_date", "2099-01-01");
    try (CloudflareSandbox ahead =
        CloudflareSandbox.builder().time(later).workerd(NodeTools.workerd()).start()) {
      Client visitor = new Client(ahead);

      visitor.deployNew("shop", metadata, answering("1"));
      visitor.deployNew("blog", answering("2"));

      assertThat(visitor.visit(SHOP).headers().firstValue("x-dirk-sandbox-compatibility-date"))
          .hasValueSatisfying(date -> assertThat(date).isBetween("2026-01-01", "2098-12-31"));
      assertThat(
              visitor
                  .visit(SHOP.replace("shop", "blog"))
                  .headers()
                  .firstValue("x-dirk-sandbox-compatibility-date"))
          .isEmpty();
    }
  }

  @Test
  void closingEndsAnAnswerThatAWorkerDoesNotFinish() throws IOException {
    client.deployNew(
        "shop",
        """
        export default { fetch() {
          const { readable, writable } = new TransformStream();
          writable.getWriter().write(new TextEncoder().encode("begun"));
          return new Response(readable);
        } };
        """);
    try (Socket visitor = new Socket(LocalServer.loopback(), sandbox.edgePort())) {
      visitor
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: shop.sandbox.workers.dev\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      Scanner answer = new Scanner(visitor.getInputStream(), StandardCharsets.US_ASCII);
      assertThat(answer.findWithinHorizon("begun", 0)).isNotNull();

      Instant before = Instant.now();
      sandbox.close();

      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(9));
      assertThat(ProcessHandle.current().descendants()).isEmpty();
    }
  }

  @Test
  void onlySoManyProcessesLiveAndEachVersionStillAnswers() {
    client.deployNew("shop", answering("0"));
    List<String> versions =
        IntStream.rangeClosed(1, 3)
            .mapToObj(count -> client.version("shop", answering(Integer.toString(count))))
            .toList();

    List<String> answers = versions.stream().map(id -> client.visit(preview(id)).body()).toList();

    assertThat(answers).containsExactly("1", "2", "3");
    assertThat(onceEnded(2)).hasSize(2);
  }

  @Test
  void aProcessThatDiedIsStartedAgain() {
    client.deployNew("shop", answering("1"));
    processes().forEach(ProcessHandle::destroyForcibly);
    awaitNoProcess();

    assertThat(client.visit(SHOP).body()).isEqualTo("1");
    sandbox.close();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  @Test
  void nothingIsLeftAfterClose() {
    client.deployNew("shop", answering("1"));
    client.visit(SHOP);
    Set<ProcessHandle> running = processes();

    sandbox.close();

    assertThat(running).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    assertThat(ProcessHandle.current().descendants()).isEmpty();
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("cloudflare-") || name.startsWith("workerd-")))
        .isEmpty();
  }

  @Test
  void isFoundWhereNpmPutsItAndNotWhereThereIsNone(@TempDir Path empty) throws IOException {
    Path modules = Files.createDirectories(empty.resolve("node_modules"));

    assertThat(Workerd.find(Path.of("target/node/node_modules"))).contains(workerd);
    assertThat(Workerd.find(modules))
        .isNotEqualTo(Workerd.find(Path.of("target/node/node_modules")));
  }

  /** This JVM's own workerds: children of the shells that end with it. */
  private static Set<ProcessHandle> processes() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("workerd"))
        .collect(Collectors.toSet());
  }

  /**
   * Waits until all that were killed are gone or zombies, which have no command. Not by {@code
   * onExit}: a zombie has not exited until its shell waits for it, and that waits for us.
   */
  private static void awaitNoProcess() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!processes().isEmpty() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(processes()).isEmpty();
  }

  /** A process ends just after the answer that made it one too many. */
  private static Set<ProcessHandle> onceEnded(int left) {
    Set<ProcessHandle> running = processes();
    while (running.size() > left) {
      CompletableFuture.anyOf(
              running.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .orTimeout(20, TimeUnit.SECONDS)
          .join();
      running = processes();
    }
    return running;
  }

  private static String preview(String id) {
    return "http://" + id.substring(0, 8) + "-shop.sandbox.workers.dev/";
  }

  private static String answering(String text) {
    return "export default { fetch: () => new Response('" + text + "') };";
  }

  private static ObjectNode binding(String name, String type) {
    return Json.object().put("name", name).put("type", type);
  }
}
