package nl.praatmetjeboekhouding.dirk.proof.runs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import nl.praatmetjeboekhouding.dirk.AbandonRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.CloudflareSandbox;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Fault;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.WorkerAnswer;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.proof.SharedJournal;
import nl.praatmetjeboekhouding.dirk.run.RunReport;

/**
 * Two processes deploy to one target and roll it back, and a third stops one of them with SIGSTOP
 * in the middle of its runs, mostly for longer than a lease lasts, and wakes it up with SIGCONT.
 * Some of what they send lands late.
 */
final class Contest implements AutoCloseable {

  /** A lease of a minute passes in three seconds. */
  private static final int FASTER = 20;

  private static final Duration LEASE = Duration.ofSeconds(60).dividedBy(FASTER);
  private static final List<String> NAMES = List.of("one", "two");

  private final Path folder;
  private final SharedJournal shared;
  private final Duration length;
  private final Random random;
  private final QuickTime time = QuickTime.create(FASTER);
  private final CloudflareSandbox sandbox;

  private Contest(Path folder, SharedJournal shared, Duration length, long seed) {
    this.folder = folder;
    this.shared = shared;
    this.length = length;
    this.random = new Random(seed);
    this.sandbox =
        CloudflareSandbox.builder()
            .time(time)
            .listLag(Duration.ofSeconds(3))
            .behaviour(
                Orders.worker("production"),
                request -> WorkerAnswer.json("{\"version\":\"" + request.version().id() + "\"}"))
            .start();
  }

  static ContestVerdict hold(Path folder, SharedJournal shared, Duration length, long seed)
      throws Exception {
    try (Contest contest = new Contest(folder, shared, length, seed)) {
      return contest.hold();
    }
  }

  private ContestVerdict hold() throws Exception {
    List<Process> rivals = new ArrayList<>();
    List<Thread> hearing = new ArrayList<>();
    List<String> heard = new ArrayList<>();
    shared.open(time).close();
    try {
      for (String name : NAMES) {
        Process rival = start(name);
        rivals.add(rival);
        hearing.add(hear(rival, heard));
      }
      int stops = disturb(rivals);
      List<String> wrong = new ArrayList<>();
      for (Process rival : rivals) {
        int code = rival.waitFor();
        if (code != 0) {
          wrong.add("a process ended with " + code);
        }
      }
      for (Thread each : hearing) {
        each.join();
      }
      return verdict(heard, stops, wrong);
    } finally {
      for (Process rival : rivals) {
        rival.destroyForcibly().waitFor();
      }
    }
  }

  /**
   * What was left open is finished by whoever comes later; what was left before it was built finds
   * another release in his folder, and is given up.
   */
  private ContestVerdict verdict(List<String> heard, int stops, List<String> wrong) {
    Orders orders = orders(NAMES.get(0));
    try (Journal journal = shared.open(time)) {
      for (int turn = 0; turn < 5; turn++) {
        time.skip(Duration.ofSeconds(121));
        try (Dirk dirk = orders.open(journal, "later")) {
          for (RunReport report : dirk.resume()) {
            if (report.reason().equals(Optional.of("OTHER_RELEASE"))) {
              RunReport unused = dirk.abandon(AbandonRequest.of(report.taskId()));
            }
          }
        }
      }
      return ContestVerdict.of(sandbox, journal, orders, heard, stops, wrong);
    }
  }

  /** Stops one after the other until one has ended by itself; how often. */
  private int disturb(List<Process> rivals) throws IOException, InterruptedException {
    int stops = 0;
    long lease = LEASE.toMillis();
    while (rivals.stream().allMatch(Process::isAlive)) {
      Process stopped = rivals.get(random.nextInt(2));
      if (random.nextBoolean()) {
        awaitLateSwitch();
      } else {
        park(Duration.ofMillis(random.nextLong(lease / 2)));
      }
      signal("STOP", stopped);
      stops++;
      park(Duration.ofMillis(lease / 2 + random.nextLong(lease * 2)));
      signal("CONT", stopped);
    }
    return stops;
  }

  /** Somebody sends a switch that takes longer to land than a lease lasts. */
  private void awaitLateSwitch() throws InterruptedException {
    Duration late = Duration.ofSeconds(60 + random.nextInt(90));
    boolean unused =
        sandbox
            .plant(Fault.delay(late).on("POST", "**/deployments"))
            .awaitHit(LEASE.multipliedBy(2));
  }

  private static void signal(String signal, Process process)
      throws IOException, InterruptedException {
    int unused =
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
  }

  private static void park(Duration length) {
    LockSupport.parkNanos(length.toNanos());
  }

  private static Thread hear(Process process, List<String> heard) {
    Thread hearing =
        new Thread(
            () -> {
              try (BufferedReader out =
                  new BufferedReader(
                      new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                out.lines()
                    .forEach(
                        line -> {
                          synchronized (heard) {
                            heard.add(line);
                          }
                        });
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "hearing");
    hearing.start();
    return hearing;
  }

  private Orders orders(String name) {
    return Orders.of(Scenario.DEPLOY, folder.resolve(name), sandbox, time, shared);
  }

  private Process start(String name) throws IOException {
    Orders orders = orders(name);
    Path project = Files.createDirectories(orders.folder());
    Site.project(project);
    List<String> arguments =
        new ArrayList<>(
            List.of(name, Long.toString(random.nextLong()), Long.toString(length.toMillis())));
    arguments.addAll(orders.arguments());
    return Child.process(List.of(), Rival.class, arguments);
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
