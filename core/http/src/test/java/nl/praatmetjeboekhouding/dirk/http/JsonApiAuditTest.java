package nl.praatmetjeboekhouding.dirk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.spi.VendorRequest;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each request that left is told to the audit, with what the vendor calls it. */
@Timeout(30)
class JsonApiAuditTest {

  private final List<VendorRequest> heard = new CopyOnWriteArrayList<>();

  private CallContext call(Duration timeout) {
    return new CallContext(timeout, Cancellation.create(), heard::add);
  }

  private static JsonApi api(URI base) {
    return JsonApi.to("Acme", base, TimeSource.system())
        .token(Secret.of("acme.token", () -> "s3cret-token"))
        .requestIds("cf-ray", "x-request-id")
        .seed(1)
        .build();
  }

  private static void answer(Socket socket, String status, String headers, String body)
      throws IOException {
    socket
        .getOutputStream()
        .write(
            ("HTTP/1.1 "
                    + status
                    + "\r\ncontent-type: application/json\r\n"
                    + headers
                    + "content-length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void tellsWhatTheVendorCallsIt() throws IOException {
    try (RawServer server =
            RawServer.doing(
                socket -> answer(socket, "200 OK", "CF-Ray: 8f1a-AMS\r\nx-other: 1\r\n", "{}"));
        JsonApi api = api(server.uri())) {
      ApiAnswer unused =
          api.send(ApiRequest.get("things", "1").query("page", "2"), call(Duration.ofSeconds(5)));

      assertThat(heard)
          .singleElement()
          .satisfies(
              request -> {
                assertThat(request.what()).isEqualTo("GET /things/1");
                assertThat(request.status()).isEqualTo(200);
                assertThat(request.ids()).containsOnlyKeys("cf-ray").containsValue("8f1a-AMS");
                assertThat(request.took()).isPositive();
              });
    }
  }

  @Test
  void tellsOfEachAttemptThatFailed() throws IOException {
    try (RawServer server =
            RawServer.doing(
                socket -> answer(socket, "502 Bad Gateway", "cf-ray: bad-AMS\r\n", "{}"));
        JsonApi api = api(server.uri())) {
      assertThatThrownBy(() -> api.send(ApiRequest.get("things"), call(Duration.ofSeconds(20))))
          .isInstanceOf(ProviderException.class);

      assertThat(heard).hasSize(3).allMatch(request -> request.status() == 502);
      assertThat(heard).extracting(request -> request.ids().get("cf-ray")).containsOnly("bad-AMS");
    }
  }

  @Test
  void tellsOfOneThatIsReset() throws IOException {
    try (RawServer server = RawServer.doing(RawServer::reset);
        JsonApi api = api(server.uri())) {
      assertThatThrownBy(() -> api.send(ApiRequest.post("things"), call(Duration.ofSeconds(5))))
          .isInstanceOf(ProviderException.class);

      assertThat(heard).extracting(VendorRequest::status).containsExactly(0);
    }
  }

  @Test
  void tellsOfOneWhoseAnswerNobodyWaitsForAnyMore() throws IOException {
    try (RawServer server = RawServer.doing(socket -> {});
        JsonApi api = api(server.uri())) {
      assertThatThrownBy(() -> api.send(ApiRequest.post("things"), call(Duration.ofMillis(300))))
          .isInstanceOf(ProviderException.class);

      assertThat(heard).extracting(VendorRequest::status).containsExactly(0);
    }
  }

  @Test
  void saysNothingOfOneThatNeverLeft() throws IOException {
    URI nobody;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + gone.getLocalPort());
    }
    try (JsonApi api = api(nobody)) {
      assertThatThrownBy(() -> api.send(ApiRequest.post("things"), call(Duration.ofSeconds(5))))
          .isInstanceOf(ProviderException.class);

      assertThat(heard).isEmpty();
    }
  }

  @Test
  void tellsNoSecret() throws IOException {
    try (RawServer server =
            RawServer.doing(
                socket -> answer(socket, "200 OK", "x-request-id: for s3cret-token\r\n", "{}"));
        JsonApi api = api(server.uri())) {
      ApiAnswer unused =
          api.send(ApiRequest.get("things", "s3cret-token"), call(Duration.ofSeconds(5)));

      assertThat(heard).isNotEmpty();
      assertThat(heard.toString()).doesNotContain("s3cret-token").contains("(token)");
    }
  }
}
