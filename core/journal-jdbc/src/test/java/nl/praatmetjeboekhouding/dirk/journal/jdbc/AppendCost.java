package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nl.praatmetjeboekhouding.dirk.journal.FileJournal;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Measures what an append costs: a bare write and sync of as many bytes, {@code FileJournal} and
 * {@code JdbcJournal}, in turns on one disk, by one writer and by several at once.
 */
final class AppendCost {

  /** As many as it takes until the code is compiled. */
  private static final int WARM = 5_000;

  private static final int APPENDS = 3_000;

  /** About as long as a decision of a run. */
  private static final JournalRecord RECORD =
      new JournalRecord(
          "decision",
          1,
          JsonNodeFactory.instance
              .objectNode()
              .put("step", "check production")
              .put("detail", "x".repeat(400)));

  private final PrintStream out;

  private AppendCost(PrintStream out) {
    this.out = out;
  }

  /** Writes one stream, entry after entry. */
  private interface Writer extends AutoCloseable {

    void append() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Makes writers that share what they write to as runs do. */
  private interface Place {
    Writer writer(int number) throws IOException;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    Path place = Files.createTempDirectory(folder, "append");
    try (FileJournal file = FileJournal.open(place.resolve("file"), TimeSource.system());
        Journal jdbc =
            JdbcJournal.with(Postgres.sharedPool(), TimeSource.system())
                .schema(Postgres.freshSchema())
                .open()) {
      new AppendCost(System.out).run(place, file, jdbc);
    }
  }

  private void run(Path folder, Journal file, Journal jdbc) throws Exception {
    int bytes = bytesOf(folder, file);
    out.printf(Locale.ROOT, "%d bytes an entry, %d appends a writer%n", bytes, APPENDS);
    List<String> names = List.of("write + fsync", "FileJournal", "JdbcJournal");
    List<Place> places =
        List.of(
            number -> bare(folder.resolve("bare-" + number), bytes),
            number -> stream(file, number),
            number -> stream(jdbc, number));
    out.printf(
        "%-8s %-14s %10s %10s %8s %8s %10s%n",
        "writers", "", "p50 us", "p99 us", "p50 x", "p99 x", "a second");
    for (int writers : List.of(1, 4, 8)) {
      report(writers, names, measure(writers, places));
    }
  }

  /** How long the line of such an entry is, as the log grows by it. */
  private static int bytesOf(Path folder, Journal file) throws IOException {
    Path log = folder.resolve("file").resolve("journal.log");
    try (Writer writer = stream(file, 999)) {
      writer.append();
      long before = Files.size(log);
      writer.append();
      return (int) (Files.size(log) - before);
    }
  }

  private record Measured(long median, long rare, double perSecond) {

    static Measured of(long[] nanos, double seconds) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      return new Measured(
          sorted[sorted.length / 2],
          sorted[(int) (0.99 * (sorted.length - 1))],
          sorted.length / seconds);
    }
  }

  /** One writer takes turns between the places; several write to one place after the other. */
  private static List<Measured> measure(int writers, List<Place> places) throws Exception {
    return writers == 1 ? inTurns(places) : atOnce(writers, places);
  }

  private static List<Measured> inTurns(List<Place> places) throws IOException {
    List<Writer> writers = new ArrayList<>();
    for (Place place : places) {
      writers.add(place.writer(1));
    }
    long[][] nanos = new long[places.size()][APPENDS];
    for (int append = -WARM; append < APPENDS; append++) {
      for (int turn = 0; turn < writers.size(); turn++) {
        int at = Math.floorMod(append + turn, writers.size()); // nobody is always the first
        long took = timed(writers.get(at));
        if (append >= 0) {
          nanos[at][append] = took;
        }
      }
    }
    List<Measured> measured = new ArrayList<>();
    for (int at = 0; at < writers.size(); at++) {
      writers.get(at).close();
      measured.add(Measured.of(nanos[at], Arrays.stream(nanos[at]).sum() / 1e9));
    }
    return measured;
  }

  private static List<Measured> atOnce(int writers, List<Place> places) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(writers);
    try {
      List<Measured> measured = new ArrayList<>();
      for (Place place : places) {
        List<Callable<long[]>> work = new ArrayList<>();
        for (int number = 0; number < writers; number++) {
          Writer writer = place.writer(10 * writers + number);
          work.add(() -> all(writer));
        }
        long began = System.nanoTime();
        List<Future<long[]>> done = executor.invokeAll(work);
        double seconds = (System.nanoTime() - began) / 1e9;
        long[] nanos = new long[0];
        for (Future<long[]> one : done) {
          int before = nanos.length;
          nanos = Arrays.copyOf(nanos, before + APPENDS);
          System.arraycopy(one.get(), 0, nanos, before, APPENDS);
        }
        measured.add(Measured.of(nanos, seconds));
      }
      return measured;
    } finally {
      executor.shutdownNow();
    }
  }

  private static long[] all(Writer writer) throws IOException {
    long[] nanos = new long[APPENDS];
    try (writer) {
      for (int append = 0; append < APPENDS; append++) {
        nanos[append] = timed(writer);
      }
    }
    return nanos;
  }

  private static long timed(Writer writer) throws IOException {
    long began = System.nanoTime();
    writer.append();
    return System.nanoTime() - began;
  }

  private void report(int writers, List<String> names, List<Measured> measured) {
    for (int at = 0; at < names.size(); at++) {
      Measured one = measured.get(at);
      Measured bare = measured.get(0);
      out.printf(
          Locale.ROOT,
          "%-8d %-14s %10.1f %10.1f %8.2f %8.2f %10.0f%n",
          writers,
          names.get(at),
          one.median() / 1e3,
          one.rare() / 1e3,
          (double) one.median() / bare.median(),
          (double) one.rare() / bare.rare(),
          one.perSecond());
    }
  }

  /** A file of its own, so that a writer waits for the disk and for nobody else. */
  private static Writer bare(Path path, int bytes) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    byte[] line = new byte[bytes];
    Arrays.fill(line, (byte) 'x');
    return new Writer() {
      @Override
      public void append() throws IOException {
        file.write(line);
        file.getFD().sync();
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  private static Writer stream(Journal journal, int number) {
    return new Writer() {
      private long sequence;

      @Override
      public void append() {
        journal.append("bench:" + number, ++sequence, List.of(), RECORD);
      }

      @Override
      public void close() {}
    };
  }
}
