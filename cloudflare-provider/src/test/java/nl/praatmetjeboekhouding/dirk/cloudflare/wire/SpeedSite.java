package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A recording API that takes so long for each answer, and whoever uses it. */
final class SpeedSite implements AutoCloseable {

  private static final String SEED = "{\"r2\": [\"bkt\"]}";

  private final Path folder;
  private final Path log;
  private final Recorder recorder;
  private final List<SpeedClient> clients = new ArrayList<>();

  /** What is measured. */
  @FunctionalInterface
  interface Work {

    /** Does it; fails if it does not come to a good end. */
    void run() throws IOException;
  }

  /**
   * What it took to do something once.
   *
   * @param cpuMillis of all processors; 0 where that is not to be seen
   * @param peakKilobytes of memory, of processes of its own; 0 where that is not to be seen
   */
  record Sample(long wallNanos, long cpuMillis, long peakKilobytes, Traffic traffic) {}

  private SpeedSite(Path folder, Path log, Recorder recorder) {
    this.folder = folder;
    this.log = log;
    this.recorder = recorder;
  }

  /**
   * Starts one.
   *
   * @param script the recorder's own file
   * @param folder for its own use; is made
   */
  static SpeedSite start(Path script, Path folder, Duration latency) throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Path seed = Files.writeString(folder.resolve("seed.json"), SEED);
    Path log = folder.resolve("log.jsonl");
    Recorder recorder =
        Recorder.start(
            script, Optional.of(seed), log, folder.resolve("state.json"), folder, latency);
    return new SpeedSite(folder, log, recorder);
  }

  /** A client that is closed with this. */
  SpeedClient client(String token) {
    SpeedClient client =
        SpeedClient.open(recorder.api(), token, folder.resolve("journal-" + token));
    clients.add(client);
    return client;
  }

  Path project(String worker) {
    return folder.resolve(worker);
  }

  /** Does something in this process. */
  Sample inside(Work work) throws IOException {
    long before = cpuNanos();
    Sample sample = measured(work);
    long cpu = Duration.ofNanos(cpuNanos() - before).toMillis();
    return new Sample(sample.wallNanos(), cpu, 0, sample.traffic());
  }

  /** Lets a process of its own do something. */
  Sample outside(List<String> command, Path project) throws IOException {
    return measured(
        () -> {
          Tool.Ended ended = Tool.runAlone(project, variables(), command);
          if (ended.exit() != 0) {
            throw new IOException(
                command + " ended with " + ended.exit() + ": " + ended.output().strip());
          }
        });
  }

  private Sample measured(Work work) throws IOException {
    long from = Files.size(log);
    try (Usage usage = Usage.begin()) {
      long began = System.nanoTime();
      work.run();
      long wall = System.nanoTime() - began;
      return new Sample(wall, usage.cpuMillis(), usage.peakKilobytes(), Traffic.since(log, from));
    }
  }

  /** The processor time of this process. */
  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  /** Nothing of the machine's owner is seen by wrangler, and nothing is reported to anybody. */
  private Map<String, String> variables() {
    return Map.of(
        "PATH", "/usr/local/bin:/usr/bin:/bin",
        "HOME", folder.resolve("home").toString(),
        "CI", "1",
        "NO_COLOR", "1",
        "WRANGLER_SEND_METRICS", "false",
        "WRANGLER_SEND_ERROR_REPORTS", "false",
        "WRANGLER_HIDE_BANNER", "true",
        "CLOUDFLARE_API_BASE_URL", recorder.api().toString(),
        "CLOUDFLARE_API_TOKEN", "test-token",
        "CLOUDFLARE_ACCOUNT_ID", Scenario.ACCOUNT);
  }

  /** Where the API is. */
  String api() {
    return recorder.api().toString();
  }

  @Override
  public void close() throws IOException {
    clients.forEach(SpeedClient::close);
    recorder.close();
  }
}
