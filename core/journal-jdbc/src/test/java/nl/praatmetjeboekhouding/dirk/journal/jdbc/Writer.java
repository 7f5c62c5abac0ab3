package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.note;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** A process of its own that writes, and says what returned. */
final class Writer {

  private static final Duration TTL = Duration.ofMillis(60);

  private Writer() {}

  public static void main(String[] arguments) {
    String name = arguments[2];
    long most = Long.parseLong(arguments[4]);
    try (HikariDataSource pool = Postgres.pool(arguments[0], config -> {});
        JdbcJournal journal =
            JdbcJournal.with(pool, TimeSource.system()).schema(arguments[1]).open()) {
      if (arguments[3].equals("append")) {
        append(journal, "run:" + name, most);
      } else {
        duel(journal, name, most);
      }
    }
  }

  /** Appends to a stream of its own. */
  private static void append(JdbcJournal journal, String stream, long most) {
    long next = journal.read(stream, 1).size() + 1L;
    for (long number = next; number < next + most; number++) {
      Entry unused = journal.append(stream, number, List.of(), note("entry " + number));
      say(number);
    }
  }

  /** Fights for a lease and a stream with others, and holds on longer than it may now and then. */
  private static void duel(JdbcJournal journal, String name, long most) {
    long written = 0;
    while (written < most) {
      try {
        Lease lease = journal.acquire("worker", name, "a duel", TTL);
        for (int turn = 0; turn < 4; turn++) {
          long next = journal.read("run:duel", 1).size() + 1L;
          Entry entry =
              journal.append("run:duel", next, List.of(lease), note("epoch " + lease.epoch()));
          say(entry.sequence());
          written++;
        }
      } catch (JournalException e) {
        if (e.kind() == Kind.STORAGE || e.kind() == Kind.CORRUPT || e.kind() == Kind.CLOSED) {
          throw e;
        }
      }
    }
  }

  private static void say(long number) {
    System.out.println(number);
    System.out.flush();
  }

  /** Starts one. */
  static Process start(String url, String schema, String name, String task, long most)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Dslf4j.internal.verbosity=ERROR",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            url,
            schema,
            name,
            task,
            Long.toString(most))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** What it says. */
  static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
