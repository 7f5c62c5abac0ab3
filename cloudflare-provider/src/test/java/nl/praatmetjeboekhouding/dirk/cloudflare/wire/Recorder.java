package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The recording API, as a process of its own on this machine. */
final class Recorder implements AutoCloseable {

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String root;

  private Recorder(Process process, int port) {
    this.process = process;
    root = "http://127.0.0.1:" + port;
  }

  /**
   * Starts it.
   *
   * @param script the recorder's own file
   * @param seed what the account holds before, or empty for nothing
   * @param log where each request goes
   * @param state where the account's state goes in the end
   * @param scratch a folder for its own use
   * @param latency how long each answer takes besides
   */
  static Recorder start(
      Path script, Optional<Path> seed, Path log, Path state, Path scratch, Duration latency)
      throws IOException {
    Path port = scratch.resolve("port");
    List<String> command = new ArrayList<>(List.of("node", script.toString(), "--quiet"));
    command.addAll(List.of("--port", "0", "--port-file", port.toString()));
    command.addAll(List.of("--log", log.toString(), "--dump-state", state.toString()));
    command.addAll(List.of("--latency", Long.toString(latency.toMillis())));
    seed.ifPresent(file -> command.addAll(List.of("--seed", file.toString())));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("recorder.log").toFile())
            .start();
    return new Recorder(process, readPort(process, port));
  }

  private static int readPort(Process process, Path file) throws IOException {
    try {
      for (int tries = 0; tries < 200; tries++) {
        String text = Files.isRegularFile(file) ? Files.readString(file).strip() : "";
        if (!text.isEmpty()) {
          return Integer.parseInt(text);
        }
        if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
          throw new IOException("the recorder ended with " + process.exitValue());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new IOException("the recorder did not start");
  }

  /** Where the API is. */
  URI api() {
    return URI.create(root + "/client/v4");
  }

  /** Says which step the following requests belong to. */
  void step(int number) throws IOException {
    control("/__control/step?n=" + number);
  }

  private void control(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root + path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      client.send(request, HttpResponse.BodyHandlers.discarding());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Stops it; the state is written then. */
  @Override
  public void close() throws IOException {
    try {
      control("/__control/stop");
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IOException("the recorder did not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
