package nl.praatmetjeboekhouding.dirk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JsonApiTogetherTest {

  private static final CallContext CALL = CallContext.of(Duration.ofMinutes(2));

  @Test
  void asksAsManyAtTheSameTimeAsAllowed() throws IOException {
    CyclicBarrier all = new CyclicBarrier(8);
    AtomicInteger count = new AtomicInteger();
    try (RawServer server =
            RawServer.doing(
                socket -> {
                  meet(all);
                  RawServer.answer(socket, "{\"n\":" + count.incrementAndGet() + "}");
                });
        JsonApi api = JsonApi.to("Acme", server.uri(), ManualTime.create()).atOnce(8).build()) {

      List<ApiAnswer> answers = api.sendAll(reads(8), CALL);

      assertThat(answers)
          .extracting(answer -> answer.body().path("n").asInt())
          .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
    }
  }

  @Test
  void theAnswersStandInTheOrderOfTheRequests() throws IOException {
    try (RawServer server = RawServer.echoing();
        JsonApi api = JsonApi.to("Acme", server.uri(), ManualTime.create()).build()) {

      List<ApiAnswer> answers = api.sendAll(reads(20), CALL);

      assertThat(answers)
          .extracting(answer -> answer.body().path("path").asText())
          .isEqualTo(IntStream.range(0, 20).mapToObj(n -> "/things/" + n).toList());
    }
  }

  @Test
  void noMoreAreUnderWayThanAllowed() throws IOException {
    try (RawServer server = RawServer.echoing();
        JsonApi api = JsonApi.to("Acme", server.uri(), ManualTime.create()).atOnce(2).build()) {

      api.sendAll(reads(50), CALL);

      assertThat(server.requests()).isEqualTo(50);
      assertThat(server.accepted()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void theFirstFailureEndsTheOthers() throws IOException {
    AtomicInteger count = new AtomicInteger();
    CyclicBarrier both = new CyclicBarrier(2);
    try (RawServer server =
            RawServer.doing(
                socket -> {
                  meet(both);
                  if (count.incrementAndGet() == 1) {
                    RawServer.say(socket, "HTTP/1.1 404 Gone\r\nContent-Length: 0\r\n\r\n");
                  }
                });
        JsonApi api = JsonApi.to("Acme", server.uri(), ManualTime.create()).build()) {

      ProviderException failure =
          catchThrowableOfType(ProviderException.class, () -> api.sendAll(reads(2), CALL));

      assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    }
  }

  @Test
  void writesAreNotSentTogether() throws IOException {
    try (RawServer server = RawServer.echoing();
        JsonApi api = JsonApi.to("Acme", server.uri(), ManualTime.create()).build()) {

      assertThatIllegalArgumentException()
          .isThrownBy(() -> api.sendAll(List.of(ApiRequest.get("a"), ApiRequest.post("b")), CALL))
          .withMessageContaining("POST");
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void nothingIsAskedWhereThereIsNothingToAsk() throws IOException {
    try (RawServer server = RawServer.echoing();
        JsonApi api = JsonApi.to("Acme", server.uri(), ManualTime.create()).build()) {

      assertThat(api.sendAll(List.of(), CALL)).isEmpty();
    }
  }

  @Test
  void whatWaitsForItsTurnTooLongIsNotSentAtAll() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    try (RawServer server = RawServer.doing(socket -> busy.countDown());
        JsonApi api = JsonApi.to("Acme", server.uri(), ManualTime.create()).atOnce(1).build()) {
      CompletableFuture<?> first = inBackground(() -> api.send(ApiRequest.get("first"), CALL));
      assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();

      ProviderException second =
          catchThrowableOfType(
              ProviderException.class,
              () -> api.send(ApiRequest.post("second"), CallContext.of(Duration.ofMillis(200))));

      assertThat(second.kind()).isEqualTo(FailureKind.NOT_SENT);
      assertThat(second)
          .hasMessageStartingWith("Acme: POST /second: could not be sent within 200 ms");
      api.close();
      assertThat(first).failsWithin(Duration.ofSeconds(5));
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aStopFromAnotherThreadEndsWhatRunsAndWhatWaits() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    Cancellation cancellation = Cancellation.create();
    try (RawServer server = RawServer.doing(socket -> busy.countDown());
        JsonApi api = JsonApi.to("Acme", server.uri(), ManualTime.create()).atOnce(1).build()) {
      CallContext call = new CallContext(Duration.ofSeconds(20), cancellation);
      CompletableFuture<?> asked = inBackground(() -> api.sendAll(reads(3), call));
      assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();

      cancellation.cancel("enough");

      assertThat(asked)
          .failsWithin(Duration.ofSeconds(5))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              ProviderException.class,
              failure -> assertThat(failure.kind()).isEqualTo(FailureKind.STOPPED));
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void whoWaitsToComeBackTakesNoPlaceOfOthers() throws Exception {
    CountDownLatch throttled = new CountDownLatch(1);
    AtomicInteger count = new AtomicInteger();
    try (RawServer server =
            RawServer.doing(
                socket -> {
                  if (count.incrementAndGet() == 1) {
                    RawServer.say(
                        socket,
                        "HTTP/1.1 429 Slow\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n");
                    throttled.countDown();
                  } else {
                    RawServer.answer(socket, "{}");
                  }
                });
        JsonApi api = JsonApi.to("Acme", server.uri(), TimeSource.system()).atOnce(1).build()) {
      CompletableFuture<?> waits = inBackground(() -> api.send(ApiRequest.get("first"), CALL));
      assertThat(throttled.await(10, TimeUnit.SECONDS)).isTrue();

      ApiAnswer answer = api.send(ApiRequest.post("urgent"), CALL);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(waits).isNotDone();
    }
  }

  private static List<ApiRequest> reads(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> ApiRequest.get("things", Integer.toString(n)))
        .toList();
  }

  private static CompletableFuture<?> inBackground(Runnable task) {
    return CompletableFuture.runAsync(
        task,
        run -> {
          Thread thread = new Thread(run, "caller");
          thread.setDaemon(true);
          thread.start();
        });
  }

  private static void meet(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IOException(e);
    }
  }
}
