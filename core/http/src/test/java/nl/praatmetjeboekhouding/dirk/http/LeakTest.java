package nl.praatmetjeboekhouding.dirk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fails if a thread or a connection outlives what opened it. */
@Timeout(60)
class LeakTest {

  private static final CallContext CALL = CallContext.of(Duration.ofSeconds(50));
  private static final IdentityRule NONE = new IdentityRule.None();

  @Test
  void nothingIsLeftOfAnApiThatWasUsed() throws IOException {
    try (RawServer server = RawServer.echoing()) {
      JsonApi api = api("Used", server.uri());
      api.sendAll(List.of(ApiRequest.get("a"), ApiRequest.get("b"), ApiRequest.get("c")), CALL);

      api.close();

      assertNothingIsLeft("Used", server);
    }
  }

  @Test
  void nothingIsLeftOfAnAnswerThatNobodyWaitsFor() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server = RawServer.doing(socket -> asked.countDown())) {
      JsonApi api = api("Hanging", server.uri());
      CompletableFuture<Throwable> caller = caller(() -> api.send(ApiRequest.get("a"), CALL));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

      api.close();

      assertThat(caller).succeedsWithin(Duration.ofSeconds(5));
      assertNothingIsLeft("Hanging", server);
    }
  }

  @Test
  void nothingIsLeftOfAWaitForTheNextAttempt() throws Exception {
    PausesHeard time = new PausesHeard();
    try (RawServer server =
        RawServer.doing(
            socket ->
                RawServer.say(
                    socket, "HTTP/1.1 429 Slow\r\nRetry-After: 40\r\nContent-Length: 0\r\n\r\n"))) {
      JsonApi api = JsonApi.to("Waiting", server.uri(), time).build();
      CompletableFuture<Throwable> caller = caller(() -> api.send(ApiRequest.get("a"), CALL));
      assertThat(time.paused.await(10, TimeUnit.SECONDS)).isTrue();

      api.close();

      assertThat(caller).succeedsWithin(Duration.ofSeconds(5));
      assertNothingIsLeft("Waiting", server);
    }
  }

  @Test
  void nothingIsLeftOfAnAnswerThatIsTooLong() throws IOException {
    try (RawServer server =
        RawServer.doing(
            socket -> RawServer.say(socket, "HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(1000)))) {
      JsonApi api = JsonApi.to("Long", server.uri(), ManualTime.create()).answerLimit(10).build();
      Throwable thrown = catchThrowable(() -> api.send(ApiRequest.get("a"), CALL));

      assertThat(thrown).hasMessageContaining("more than 10 bytes");
      assertThat(within(Duration.ofSeconds(5), () -> server.connections() == 0)).isTrue();
      api.close();
      assertNothingIsLeft("Long", server);
    }
  }

  @Test
  void nothingIsLeftOfALook() throws IOException {
    try (RawServer server = RawServer.echoing()) {
      HttpProbe probe = probe();

      Reading reading = probe.read(Endpoint.of(server.uri(), NONE), CALL);

      assertThat(reading.health()).isEqualTo(Health.HEALTHY);
      assertThat(within(Duration.ofSeconds(5), () -> server.connections() == 0)).isTrue();
      probe.close();
      assertNothingIsLeft("probe", server);
    }
  }

  @Test
  void aLookUnderWayEndsWithItsProbe() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server = RawServer.doing(socket -> asked.countDown())) {
      HttpProbe probe = probe();
      CompletableFuture<Reading> reading = new CompletableFuture<>();
      daemon(() -> reading.complete(probe.read(Endpoint.of(server.uri(), NONE), CALL)));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

      probe.close();

      assertThat(reading).succeedsWithin(Duration.ofSeconds(5));
      assertThat(reading.join().health()).isEqualTo(Health.INCONCLUSIVE);
      assertThat(reading.join().reason()).isEqualTo("the probe was closed");
      assertThat(probe.read(Endpoint.of(server.uri(), NONE), CALL).reason())
          .isEqualTo("the probe was closed");
      assertNothingIsLeft("probe", server);
    }
  }

  private static void assertNothingIsLeft(String name, RawServer server) {
    assertThat(within(Duration.ofSeconds(10), () -> threads(name, server).isEmpty()))
        .as("threads that are left: %s", threads(name, server))
        .isTrue();
    assertThat(within(Duration.ofSeconds(10), () -> server.connections() == 0))
        .as("connections that are left: %s", server.connections())
        .isTrue();
  }

  /** OkHttp names a thread after the address while a call runs on it. */
  private static List<String> threads(String name, RawServer server) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(
            thread ->
                thread.equals("dirk-http " + name) || thread.contains(server.uri().toString()))
        .toList();
  }

  /** Real threads end in real time, so this is the one place where a test waits for them. */
  private static boolean within(Duration longest, BooleanSupplier condition) {
    long end = System.nanoTime() + longest.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    return condition.getAsBoolean();
  }

  private static JsonApi api(String vendor, URI base) {
    return JsonApi.to(vendor, base, TimeSource.system()).build();
  }

  private static HttpProbe probe() {
    return new HttpProbe(
        new ProbeSettings(Duration.ofSeconds(30), 1000, true, Map.of()), TimeSource.system());
  }

  private static CompletableFuture<Throwable> caller(Runnable task) {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    daemon(() -> thrown.complete(catchThrowable(task::run)));
    return thrown;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "caller");
    thread.setDaemon(true);
    thread.start();
  }

  /** Real time that says when somebody begins to wait. */
  private static final class PausesHeard implements TimeSource {

    private final CountDownLatch paused = new CountDownLatch(1);

    @Override
    public Instant instant() {
      return TimeSource.system().instant();
    }

    @Override
    public long nanoTime() {
      return TimeSource.system().nanoTime();
    }

    @Override
    public boolean pause(Duration wait, Cancellation cancellation) {
      paused.countDown();
      return TimeSource.system().pause(wait, cancellation);
    }
  }
}
