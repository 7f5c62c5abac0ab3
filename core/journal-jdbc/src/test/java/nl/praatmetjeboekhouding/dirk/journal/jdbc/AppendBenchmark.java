package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.append;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongConsumer;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.FileJournal;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** What an append under a lease costs in both journals, beside a bare write and sync. */
final class AppendBenchmark {

  private static final int WARM_UP = 500;
  private static final int MEASURED = 2000;

  private AppendBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory(Path.of("target"), "benchmark");
    double bare = bare(folder.resolve("bare"));
    try (FileJournal journal = FileJournal.open(folder.resolve("file"), TimeSource.system())) {
      tell("FileJournal", times(appending(journal)), bare);
    }
    try (Postgres server =
            Postgres.start(folder.resolve("data").toAbsolutePath(), Postgres.DURABLE);
        HikariDataSource pool = server.pool(config -> {});
        JdbcJournal journal = JdbcJournal.open(pool, TimeSource.system())) {
      tell("JdbcJournal", times(appending(journal)), bare);
    }
  }

  private static LongConsumer appending(Journal journal) {
    Lease lease = journal.acquire("worker", "benchmark", "a benchmark", Duration.ofHours(1));
    return number -> {
      Entry unused = append(journal, number, lease);
    };
  }

  private static double bare(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      byte[] line = new byte[320];
      long[] times =
          times(
              number -> {
                try {
                  file.write(line);
                  file.getFD().sync();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      double median = times[MEASURED / 2];
      tell("write + fsync", times, median);
      return median;
    }
  }

  /** Sorted, in nanoseconds. */
  private static long[] times(LongConsumer work) {
    long[] times = new long[MEASURED];
    for (int number = 1; number <= WARM_UP + MEASURED; number++) {
      long start = System.nanoTime();
      work.accept(number);
      if (number > WARM_UP) {
        times[number - WARM_UP - 1] = System.nanoTime() - start;
      }
    }
    Arrays.sort(times);
    return times;
  }

  private static void tell(String name, long[] times, double bare) {
    System.out.printf(
        Locale.ROOT,
        "%-14s p50 %8.1f us  p99 %8.1f us  %5.2f x a bare write + fsync%n",
        name,
        times[MEASURED / 2] / 1e3,
        times[MEASURED * 99 / 100] / 1e3,
        times[MEASURED / 2] / bare);
  }
}
