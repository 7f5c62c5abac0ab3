package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.STREAM;
import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.append;
import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.note;
import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that break, at any moment of a call. */
class LostConnectionsTest {

  private final ManualTime time = ManualTime.create();
  private final String schema = Postgres.freshSchema();
  private final AtomicInteger lost = new AtomicInteger();

  @Test
  void findsTheEntryWhoseAcknowledgementWasLost() {
    JdbcJournal journal = open(losing("08006", true));
    lost.set(1);

    Entry first = append(journal, 1);
    lost.set(3);
    Entry second = append(journal, 2);

    assertThat(lost).hasValue(0);
    assertThat(journal.read(STREAM, 1)).containsExactly(first, second);
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "40001", "40P01", "53300"})
  void writesTheEntryOnceThatWasLost(String state) {
    JdbcJournal journal = open(losing(state, false));
    lost.set(3);

    Entry written = append(journal, 1);

    assertThat(lost).hasValue(0);
    assertThat(journal.read(STREAM, 1)).containsExactly(written);
  }

  @Test
  void doesNotTakeAnotherWritersEntryForItsOwn() {
    JdbcJournal other = open(Postgres.sharedPool());
    DataSource overtaken =
        Wrapped.source(
            Postgres.sharedPool(),
            connection ->
                Wrapped.connection(
                    connection,
                    (method, call) -> {
                      if (method.equals("commit")
                          && lost.getAndUpdate(LostConnectionsTest::less) > 0) {
                        connection.rollback();
                        Entry unused = append(other, 1);
                        throw new SQLException("cut", "08006");
                      }
                      return call.call();
                    }));
    JdbcJournal journal = open(overtaken);
    lost.set(1);

    assertThat(refusal(() -> append(journal, 1)).kind()).isEqualTo(Kind.SEQUENCE);

    assertThat(journal.read(STREAM, 1)).hasSize(1);
  }

  @Test
  void saysThatItIsNotKnownWhetherTheEntryWasWritten() {
    JdbcJournal journal = open(losing("08006", true));
    Entry unused = append(journal, 1);
    lost.set(Integer.MAX_VALUE);
    JournalException doubt = refusal(() -> append(journal, 2));
    lost.set(0);

    assertThat(doubt.kind()).isEqualTo(Kind.STORAGE);
    assertThat(doubt)
        .hasMessageContainingAll(
            "append entry 2 to run:1",
            "schema \"" + schema,
            "08006",
            "check that the server runs",
            "not known");
    assertThat(journal.read(STREAM, 1)).hasSize(2);
  }

  @Test
  void takesLeasesAndKeepsContentThoughConnectionsBreak() throws Exception {
    JdbcJournal journal = open(losing("08006", true));
    Digest digest;

    lost.set(1);
    Lease lease = journal.acquire("worker", "one", "a test", Duration.ofSeconds(30));
    lost.set(1);
    Lease renewed = journal.renew(lease, Duration.ofSeconds(60));
    lost.set(1);
    digest = journal.keep(new ByteArrayInputStream("kept".getBytes(UTF_8)));

    assertThat(journal.holder("worker")).contains(renewed);
    assertThat(journal.kept(digest).orElseThrow().readAllBytes()).isEqualTo("kept".getBytes(UTF_8));
    Entry unused = append(journal, 1, renewed);
    lost.set(1);
    journal.release(renewed);
    assertThat(journal.holder("worker")).isEmpty();
  }

  @Test
  void asksAgainWhereAPoolGivesConnectionsThatAreBroken() {
    AtomicInteger broken = new AtomicInteger();
    JdbcJournal journal =
        open(
            Wrapped.source(
                Postgres.sharedPool(),
                connection -> {
                  if (broken.getAndUpdate(LostConnectionsTest::less) > 0) {
                    connection.close();
                  }
                  return connection;
                }));
    broken.set(8);

    Entry written = append(journal, 1);

    assertThat(broken).hasValue(0);
    broken.set(3);
    assertThat(journal.read(STREAM, 1)).containsExactly(written);
  }

  @Test
  void losesAndDoublesNothingWhileItsConnectionsAreCut() throws Exception {
    DataSource source = Postgres.shared().dataSource("ApplicationName=" + schema);
    JdbcJournal journal =
        JdbcJournal.with(source, nl.praatmetjeboekhouding.dirk.time.TimeSource.system())
            .schema(schema)
            .open();
    ExecutorService writers = Executors.newFixedThreadPool(3);
    List<Future<?>> done = new ArrayList<>();
    for (int writer = 0; writer < 3; writer++) {
      String stream = "run:" + writer;
      done.add(
          writers.submit(
              () -> {
                for (int number = 1; number <= 60; number++) {
                  Entry unused = journal.append(stream, number, List.of(), note("n" + number));
                }
              }));
    }

    int cut = 0;
    while (!done.stream().allMatch(Future::isDone)) {
      cut += cutConnections();
    }
    writers.shutdown();

    for (Future<?> writer : done) {
      writer.get();
    }
    assertThat(cut).isGreaterThan(5);
    for (int writer = 0; writer < 3; writer++) {
      assertThat(journal.read("run:" + writer, 1)).hasSize(60);
    }
  }

  @Test
  void givesConnectionsBackAsTheyWere() throws Exception {
    try (Connection only = Postgres.shared().dataSource().getConnection()) {
      DataSource source =
          Wrapped.source(
              Postgres.shared().dataSource(),
              fresh -> {
                fresh.close();
                return Wrapped.connection(
                    only, (method, call) -> method.equals("close") ? only : call.call());
              });

      JdbcJournal journal = open(source);
      Entry unused = append(journal, 1);

      assertThat(only.getAutoCommit()).isTrue();
      assertThat(only.getNetworkTimeout()).isZero();
      try (Statement statement = only.createStatement();
          var row = statement.executeQuery("SHOW lock_timeout")) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("0");
      }
    }
  }

  @Test
  void endsNobodyElsesTransaction() throws Exception {
    try (Connection busy = Postgres.shared().dataSource().getConnection()) {
      JdbcJournal journal =
          open(
              Wrapped.source(
                  Postgres.sharedPool(),
                  connection -> {
                    if (lost.get() == 0) {
                      return connection;
                    }
                    connection.close();
                    return Wrapped.connection(
                        busy, (method, call) -> method.equals("close") ? busy : call.call());
                  }));
      busy.setAutoCommit(false);
      try (Statement statement = busy.createStatement()) {
        boolean unused = statement.execute("CREATE TABLE somebodys" + schema + " ()");
      }
      lost.set(1);

      JournalException refused = refusal(() -> append(journal, 1));
      busy.commit();

      assertThat(refused.kind()).isEqualTo(Kind.STORAGE);
      assertThat(refused).hasMessageContaining("give Dirk the plain data source");
      assertThat(Postgres.shared().ask("SELECT to_regclass('somebodys" + schema + "')"))
          .isEqualTo("somebodys" + schema);
    }
  }

  @Test
  void staysUsableWhateverTheDataSourceThrows() {
    JdbcJournal journal =
        open(
            Wrapped.source(
                Postgres.sharedPool(),
                connection -> {
                  if (lost.getAndUpdate(LostConnectionsTest::less) > 0) {
                    connection.close();
                    throw new IllegalStateException("the pool is shut: password=hunter2");
                  }
                  return connection;
                }));
    lost.set(1);

    JournalException refused = refusal(() -> append(journal, 1));

    assertThat(refused.kind()).isEqualTo(Kind.STORAGE);
    assertThat(refused).hasMessageContaining("the pool is shut").hasMessageNotContaining("hunter2");
    assertThat(refused.getCause()).isNull();
    Entry unused = append(journal, 1);
  }

  private JdbcJournal open(DataSource source) {
    return JdbcJournal.with(source, time).schema(schema).open();
  }

  /** Connections whose next commits fail, before or after they took effect. */
  private DataSource losing(String state, boolean afterwards) {
    return Wrapped.source(
        Postgres.sharedPool(),
        connection ->
            Wrapped.connection(
                connection,
                (method, call) -> {
                  if (!method.equals("commit")
                      || lost.getAndUpdate(LostConnectionsTest::less) == 0) {
                    return call.call();
                  }
                  if (afterwards) {
                    call.call();
                  } else {
                    connection.rollback();
                  }
                  throw new SQLException("cut by the test", state);
                }));
  }

  private int cutConnections() throws SQLException {
    return Integer.parseInt(
        Postgres.shared()
            .ask(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    + " WHERE application_name = '"
                    + schema
                    + "' AND random() < 0.2"));
  }

  private static int less(int left) {
    return Math.max(0, left - 1);
  }
}
