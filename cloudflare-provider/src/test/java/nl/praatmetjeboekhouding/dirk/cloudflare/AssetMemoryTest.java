package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.Asset;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.WorkerAssets;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No file is held longer than its own upload takes. */
class AssetMemoryTest {

  private static final int FILES = 60;
  private static final int MEBIBYTE = 1024 * 1024;
  private static final long SIZE = 2L * MEBIBYTE;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;
  private final AtomicLong taken = new AtomicLong();

  /** What is uploaded is more than twice what the process may hold. */
  @Test
  void isThatOfAFewFilesHoweverManyThereAre() throws IOException, InterruptedException {
    for (int number = 0; number < FILES; number++) {
      try (RandomAccessFile file =
          new RandomAccessFile(folder.resolve("f" + number).toFile(), "rw")) {
        file.writeInt(number);
        file.setLength(SIZE);
      }
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx48m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Uploading.class.getName(),
                  "http://127.0.0.1:" + server.getAddress().getPort(),
                  folder.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor()).as(said).isZero();
      assertThat(said).contains("all there");
      assertThat(taken.get()).isGreaterThan(FILES * SIZE * 4 / 3);
    } finally {
      server.stop(0);
    }
  }

  /** Asks for one file at a time, throws it away, and says the same of each. */
  private void answer(HttpExchange exchange) throws IOException {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode().put("success", true);
    ObjectNode result = envelope.putObject("result");
    if (exchange.getRequestURI().getPath().endsWith("assets-upload-session")) {
      JsonNode manifest = MAPPER.readTree(exchange.getRequestBody().readAllBytes());
      ArrayNode buckets = result.put("jwt", "session").putArray("buckets");
      manifest.path("manifest").forEach(file -> buckets.addArray().add(file.path("hash").asText()));
    } else {
      taken.addAndGet(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
      result.put("jwt", "all there");
    }
    byte[] body = envelope.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Uploads the assets of a folder, and says what it was told. */
  static final class Uploading {

    private Uploading() {}

    public static void main(String[] arguments) {
      TimeSource time = TimeSource.system();
      CallContext call = CallContext.of(Duration.ofMinutes(2));
      try (CloudflareApi api =
          new CloudflareApi(
              URI.create(arguments[0]),
              Credentials.token(Secret.of("TOKEN", () -> "s3cret")),
              "acc",
              time)) {
        List<Asset> assets =
            WorkerAssets.in(Path.of(arguments[1])).files().stream().map(Asset::of).toList();
        System.out.println(
            new AssetUpload(
                    api,
                    api.script("shop", ProjectAssets.SESSION),
                    assets,
                    new Remaining(call, time),
                    new Repeats(call, time))
                .run());
      }
    }
  }
}
