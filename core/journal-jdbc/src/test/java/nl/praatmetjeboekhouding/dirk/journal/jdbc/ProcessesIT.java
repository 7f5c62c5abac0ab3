package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.append;
import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.note;
import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own, processes of their own, and kills of both. */
class ProcessesIT {

  @TempDir
  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Postgres server;

  private final String schema = Postgres.freshSchema();

  @BeforeAll
  static void start() throws IOException {
    server = Postgres.start(data(), Postgres.DURABLE);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void losesNoAcknowledgedEntryWhenItsWriterIsKilled() throws Exception {
    Random random = new Random(7);
    long acknowledged = 0;

    for (int round = 0; round < 10; round++) {
      Process writer = Writer.start(server.url(), schema, "killed", "append", Long.MAX_VALUE / 2);
      int killAfter = 1 + random.nextInt(40);
      try (BufferedReader out = Writer.reader(writer)) {
        for (int count = 0; count < killAfter; count++) {
          acknowledged = Long.parseLong(out.readLine());
        }
        assertThat(writer.toHandle().destroyForcibly()).isTrue();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          acknowledged = Long.parseLong(line);
        }
      }
      assertThat(writer.waitFor()).isNotZero();
      assertThat(open().read("run:killed", 1)).hasSizeGreaterThanOrEqualTo((int) acknowledged);
    }
  }

  @Test
  void acceptsNoStaleEntryOfTwoProcessesThatDuel() throws Exception {
    Process one = Writer.start(server.url(), schema, "one", "duel", 60);
    Process two = Writer.start(server.url(), schema, "two", "duel", 60);

    long said = lines(one) + lines(two);

    assertThat(one.waitFor()).isZero();
    assertThat(two.waitFor()).isZero();
    List<Entry> entries = open().read("run:duel", 1);
    assertThat(entries).hasSize((int) said);
    List<Long> epochs =
        entries.stream()
            .map(entry -> entry.record().data().path("text").asText())
            .map(text -> Long.parseLong(text.substring("epoch ".length())))
            .toList();
    assertThat(epochs).isSorted();
    assertThat(epochs.stream().distinct()).hasSizeGreaterThan(10);
  }

  @Test
  void losesAndDoublesNothingWhenTheServerIsKilled() throws Exception {
    JdbcJournal journal = open();
    AtomicBoolean ending = new AtomicBoolean();
    Map<String, Semaphore> acknowledged =
        Map.of("run:1", new Semaphore(0), "run:2", new Semaphore(0));
    ExecutorService writers = Executors.newFixedThreadPool(2);
    Map<String, Future<Long>> written = new HashMap<>();
    acknowledged.forEach(
        (stream, progress) ->
            written.put(
                stream,
                writers.submit(
                    () -> {
                      long number = 0;
                      while (!ending.get()) {
                        number++;
                        Entry unused =
                            journal.append(stream, number, List.of(), note("n" + number));
                        progress.release();
                      }
                      return number;
                    })));

    for (int round = 0; round < 10; round++) {
      awaitProgress(acknowledged.values());
      server.kill();
      server = Postgres.start(data(), Postgres.DURABLE, server.port());
    }
    awaitProgress(acknowledged.values());
    ending.set(true);
    writers.shutdown();

    for (Map.Entry<String, Future<Long>> writer : written.entrySet()) {
      int last = writer.getValue().get().intValue();
      assertThat(journal.read(writer.getKey(), 1)).hasSize(last);
    }
  }

  @Test
  void refusesServersThatDoNotKeepWhatTheyAcknowledge() throws Exception {
    Entry written = append(open(), 1);
    Map<String, String> refused =
        Map.of("fsync", "fsync = off", "full_page_writes", "full_page_writes = off");

    for (String setting : refused.keySet()) {
      Map<String, String> settings = new HashMap<>(Postgres.DURABLE);
      settings.put(setting, "off");
      restart(settings);
      assertThat(refusal(this::open)).hasMessageContaining(refused.get(setting));
    }

    restart(Postgres.DURABLE);
    assertThat(open().read("run:1", 1)).containsExactly(written);
  }

  @Test
  void refusesAReplicaForReadingToo() throws Exception {
    JdbcJournal journal = open();
    Entry written = append(journal, 1);
    Path standby = data().resolve("standby.signal");

    server.close();
    Files.createFile(standby);
    server = Postgres.start(data(), Postgres.DURABLE, server.port());
    JournalException opening = refusal(this::open);
    JournalException reading = refusal(() -> journal.read("run:1", 1));
    JournalException appending = refusal(() -> append(journal, 2));
    Files.delete(standby);
    restart(Postgres.DURABLE);

    for (JournalException told : List.of(opening, reading, appending)) {
      assertThat(told.kind()).isEqualTo(Kind.STORAGE);
      assertThat(told).hasMessageContaining("replica");
    }
    assertThat(journal.read("run:1", 1)).containsExactly(written);
  }

  private static void restart(Map<String, String> settings) throws IOException {
    server.close();
    server = Postgres.start(data(), settings, server.port());
  }

  /** Waits until each has acknowledged some more. */
  private static void awaitProgress(Iterable<Semaphore> writers) throws InterruptedException {
    for (Semaphore writer : writers) {
      int unused = writer.drainPermits();
      assertThat(writer.tryAcquire(5, 30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private JdbcJournal open() {
    return JdbcJournal.with(server.dataSource(), TimeSource.system()).schema(schema).open();
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private static long lines(Process process) throws IOException {
    try (BufferedReader out = Writer.reader(process)) {
      return out.lines().count();
    }
  }
}
