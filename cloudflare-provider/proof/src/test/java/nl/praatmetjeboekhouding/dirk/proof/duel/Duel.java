package nl.praatmetjeboekhouding.dirk.proof.duel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.proof.SharedJournal;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Two processes fight over one target, and a third stops one of them with SIGSTOP, time and again
 * and mostly for longer than a lease lasts, and wakes it up with SIGCONT.
 */
final class Duel {

  private final SharedJournal shared;
  private final Duration length;
  private final Random random;
  private final Told told = Told.nothing();

  private Duel(SharedJournal shared, Duration length, long seed) {
    this.shared = shared;
    this.length = length;
    this.random = new Random(seed);
  }

  static Verdict fight(SharedJournal shared, Duration length, long seed) throws Exception {
    return new Duel(shared, length, seed).fight();
  }

  private Verdict fight() throws Exception {
    shared.open(TimeSource.system()).close();
    try (SharedTarget target = new SharedTarget(random.nextLong())) {
      Process one = start("one", target.port());
      Process two = start("two", target.port());
      try {
        Thread hearing = hear(one);
        Thread alsoHearing = hear(two);
        long stops = disturb(List.of(one, two));
        requireGoodEnd(one);
        requireGoodEnd(two);
        hearing.join();
        alsoHearing.join();
        try (Journal journal = shared.open(TimeSource.system())) {
          return Verdict.of(journal.read(Duelist.STREAM, 1), told, target.landings(), stops);
        }
      } finally {
        Process first = one.destroyForcibly();
        Process second = two.destroyForcibly();
        first.waitFor();
        second.waitFor();
      }
    }
  }

  /** Stops one after the other until one has ended by itself; how often. */
  private long disturb(List<Process> duelists) throws IOException, InterruptedException {
    long stops = 0;
    long ttl = Duelist.TTL.toMillis();
    while (duelists.stream().allMatch(Process::isAlive)) {
      Process stopped = duelists.get(random.nextInt(2));
      signal("STOP", stopped);
      stops++;
      park(Duration.ofMillis(ttl / 2 + random.nextLong(ttl * 3)));
      signal("CONT", stopped);
      park(Duration.ofMillis(random.nextLong(ttl * 2)));
    }
    return stops;
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

  private static void requireGoodEnd(Process process) throws InterruptedException {
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException("a process of the duel ended with " + code);
    }
  }

  private Thread hear(Process process) {
    Thread hearing =
        new Thread(
            () -> {
              try (BufferedReader out =
                  new BufferedReader(
                      new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                out.lines().forEach(told::hear);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "hearing");
    hearing.start();
    return hearing;
  }

  private Process start(String name, int port) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                Duelist.class.getName(),
                name,
                Long.toString(random.nextLong()),
                Long.toString(length.toMillis()),
                Integer.toString(port)));
    command.addAll(shared.arguments());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
