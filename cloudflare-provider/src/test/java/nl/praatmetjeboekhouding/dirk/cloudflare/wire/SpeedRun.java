package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures Dirk beside wrangler, in turns on one machine: what is asked of Cloudflare, how often
 * one waits for it, and how long it takes. The properties {@code speed.cases}, {@code
 * speed.latencies} (milliseconds an answer), {@code speed.runs} and {@code speed.java} (options of
 * the JVM that is started each time) say what is measured.
 */
final class SpeedRun {

  private static final int WARM_UP = 40;
  private static final int LONG_WARM_UP = 3;

  /** Who does it. */
  enum Runner {
    WRANGLER,
    /** Dirk in a process that is started for it. */
    COLD,
    /** Dirk in a process that has done such things before. */
    WARM
  }

  private final Path scratch;
  private final Path recorder;
  private final InstalledWrangler wrangler;
  private final List<SpeedCase> cases = chosen(System.getProperty("speed.cases", "all"));
  private final int runs = Integer.getInteger("speed.runs", 3);
  private final List<String> java = words(System.getProperty("speed.java", ""));
  private final SpeedTable table = new SpeedTable();

  private SpeedRun(Path scratch, Path recorder, InstalledWrangler wrangler) {
    this.scratch = scratch;
    this.recorder = recorder;
    this.wrangler = wrangler;
  }

  /**
   * Takes the module's folder, the folder where the recorder is looked for, and a folder to work
   * in. Ends with 1 if something is missed that is to be reached.
   */
  public static void main(String[] arguments) throws Exception {
    Path module = Path.of(arguments[0]).toAbsolutePath();
    Path home = Path.of(arguments[1]).toAbsolutePath();
    Path recorder =
        Oracle.of(home.resolve("scenarios"), home, module).need("recorder.mjs", "wire.home=FOLDER");
    Path scratch =
        Files.createTempDirectory(
            Files.createDirectories(Path.of(arguments[2]).toAbsolutePath()), "run");
    SpeedRun run = new SpeedRun(scratch, recorder, InstalledWrangler.of(module));
    run.warmUp();
    for (String latency : System.getProperty("speed.latencies", "0,20,50").split(",", -1)) {
      run.measure(Integer.parseInt(latency));
    }
    run.table.hashes(HashSpeed.measure(run.wrangler, scratch));
    System.exit(run.table.print(System.out) ? 0 : 1);
  }

  private static List<SpeedCase> chosen(String names) {
    if (names.equals("all")) {
      return List.of(SpeedCase.values());
    }
    List<String> named = List.of(names.split(",", -1));
    List<String> known = Stream.of(SpeedCase.values()).map(SpeedCase::title).toList();
    if (!known.containsAll(named)) {
      throw new IllegalArgumentException(
          "speed.cases must be all or some of " + String.join(",", known) + ": " + names);
    }
    return Stream.of(SpeedCase.values()).filter(what -> named.contains(what.title())).toList();
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }

  /** Until the code is compiled. */
  private void warmUp() throws IOException {
    System.out.println("warming up ...");
    try (SpeedSite site = SpeedSite.start(recorder, scratch.resolve("warm-up"), Duration.ZERO)) {
      for (SpeedCase what : cases) {
        SpeedClient client = site.client(what.title());
        for (int time = 0; time < (what.isLong() ? LONG_WARM_UP : WARM_UP); time++) {
          boolean begins = time == 0 || !what.isThere();
          String worker = "warm-up-" + what.title() + (what.isThere() ? "" : "-" + time);
          if (begins) {
            prepare(site, client, what, worker);
          }
          client.run(what.verb(), site.project(worker), worker);
        }
      }
    }
  }

  /** A project, and where it has to be there, its Worker, deployed twice so that it has a past. */
  private static void prepare(SpeedSite site, SpeedClient client, SpeedCase what, String worker)
      throws IOException {
    Path project = site.project(worker);
    what.write(project, worker, worker);
    for (int time = 0; what.isThere() && time < 2; time++) {
      client.run(SpeedCase.Verb.DEPLOY, project, worker);
    }
  }

  private void measure(int latency) throws IOException {
    try (SpeedSite site =
        SpeedSite.start(recorder, scratch.resolve("at-" + latency), Duration.ofMillis(latency))) {
      SpeedClient warm = site.client("warm");
      for (SpeedCase what : cases) {
        System.out.println(what.title() + " at " + latency + " ms ...");
        measure(site, warm, what, latency);
      }
    }
  }

  private void measure(SpeedSite site, SpeedClient warm, SpeedCase what, int latency)
      throws IOException {
    for (Runner runner : Runner.values()) {
      prepare(site, warm, what, worker(what, runner, 0));
    }
    for (int time = 0; time < (what.isLong() ? 1 : runs); time++) {
      for (Runner runner : Runner.values()) {
        String worker = worker(what, runner, time);
        if (what.isNew() || !what.isThere()) {
          what.write(site.project(worker), worker, worker + " time " + time);
        }
        table.add(what, latency, runner, sample(site, warm, what, runner, worker));
      }
    }
  }

  /** A Worker that is there is the same each time, one that is not is another. */
  private static String worker(SpeedCase what, Runner runner, int time) {
    String worker = what.title() + "-" + runner.name().toLowerCase(Locale.ROOT);
    return what.isThere() ? worker : worker + "-" + time;
  }

  private SpeedSite.Sample sample(
      SpeedSite site, SpeedClient warm, SpeedCase what, Runner runner, String worker)
      throws IOException {
    Path project = site.project(worker);
    return switch (runner) {
      case WRANGLER -> site.outside(wrangler.command(what.verb().words()), project);
      case COLD -> site.outside(cold(site, what, worker), project);
      case WARM -> site.inside(() -> warm.run(what.verb(), project, worker));
    };
  }

  private List<String> cold(SpeedSite site, SpeedCase what, String worker) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java);
    command.add("-Dslf4j.internal.verbosity=ERROR");
    command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    command.add(SpeedClient.class.getName());
    command.addAll(List.of(what.verb().name(), site.project(worker).toString(), worker));
    command.addAll(List.of(site.api(), site.project("journal-cold").toString()));
    return command;
  }
}
