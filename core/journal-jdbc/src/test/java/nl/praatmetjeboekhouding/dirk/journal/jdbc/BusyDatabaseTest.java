package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.STREAM;
import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.append;
import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that works for others, or cannot work any more: what somebody on call is told. */
class BusyDatabaseTest {

  private final ManualTime time = ManualTime.create();
  private final String schema = Postgres.freshSchema();

  @BeforeEach
  void write() {
    Entry unused = append(open(), 1);
  }

  @Test
  void saysThatTheStatementTimeoutCameFirst() throws SQLException {
    JdbcJournal journal = open("options=-c%20statement_timeout=1500");

    JournalException refused;
    try (Connection holder = locking("stream")) {
      refused = refusal(() -> append(journal, 2));
    }

    assertStorage(refused, "57014", "statement_timeout");
    Entry unused = append(journal, 2);
  }

  @Test
  void saysThatSomebodyHoldsALock() throws SQLException {
    JdbcJournal journal = open("options=-c%20lock_timeout=30");

    JournalException refused;
    try (Connection holder = locking("stream")) {
      refused = refusal(() -> append(journal, 2));
    }

    assertStorage(refused, "55P03", "pg_stat_activity");
  }

  @Test
  void goesOnOnceTheLockIsGone() throws SQLException {
    JdbcJournal journal = open("options=-c%20lock_timeout=30");

    Connection holder = locking("stream");
    time.after(Duration.ofMillis(100), () -> close(holder));

    Entry written = append(journal, 2);
    assertThat(journal.read(STREAM, 2)).containsExactly(written);
  }

  @Test
  void saysThatTheDiskIsFull() throws SQLException {
    failing("53100", "could not extend file: No space left on device");
    JdbcJournal journal = open();

    JournalException refused = refusal(() -> append(journal, 2));

    assertStorage(refused, "53100", "the server's disk is full: make space there");
    assertThat(journal.read(STREAM, 1)).hasSize(1);
  }

  @Test
  void saysThatTheServersFilesAreDamaged() throws SQLException {
    failing("XX001", "invalid page in block 0");

    JournalException refused = refusal(() -> append(open(), 2));

    assertThat(refused.kind()).isEqualTo(Kind.CORRUPT);
    assertThat(refused).hasMessageContaining("damaged");
  }

  @Test
  void saysThatATableIsGone() throws SQLException {
    JdbcJournal journal = open();
    Postgres.shared().run("DROP TABLE " + schema + ".lease");

    JournalException refused = refusal(() -> journal.holder("worker"));

    assertStorage(refused, "42P01", "restore the database");
  }

  @Test
  void saysThatTheDatabaseBecameReadOnlyAndReadsOn() throws SQLException {
    JdbcJournal journal = open();
    Postgres.shared().run("CREATE ROLE " + schema + " LOGIN", grantAll());
    JdbcJournal others = open("user=" + schema);
    Postgres.shared().run("ALTER ROLE " + schema + " SET default_transaction_read_only = on");

    JournalException refused = refusal(() -> append(others, 2));

    assertStorage(refused, "transaction_read_only", "disk is full");
    assertThat(others.read(STREAM, 1)).hasSize(1);
    Entry unused = append(journal, 2);
  }

  @Test
  void noticesThatTheServerNoLongerKeepsItsPromise() throws SQLException {
    Postgres.shared().run("CREATE ROLE " + schema + " LOGIN", grantAll());
    JdbcJournal journal = open("user=" + schema);
    Postgres.shared().run("ALTER ROLE " + schema + " SET synchronous_commit = off");

    JournalException refused = refusal(() -> append(journal, 2));

    assertStorage(refused, "synchronous_commit = off", "set synchronous_commit = on");
    assertThat(journal.read(STREAM, 1)).hasSize(1);
  }

  private JdbcJournal open(String... parameters) {
    return JdbcJournal.with(Postgres.shared().dataSource(parameters), time).schema(schema).open();
  }

  private String grantAll() {
    return "GRANT USAGE ON SCHEMA %1$s TO %1$s; GRANT ALL ON ALL TABLES IN SCHEMA %1$s TO %1$s"
        .formatted(schema);
  }

  /** Somebody who holds all rows of a table until he is closed. */
  private Connection locking(String table) throws SQLException {
    Connection holder = Postgres.shared().dataSource().getConnection();
    holder.setAutoCommit(false);
    try (Statement statement = holder.createStatement()) {
      boolean unused = statement.execute("SELECT * FROM " + schema + "." + table + " FOR UPDATE");
    }
    return holder;
  }

  /** From now on the server fails like this whenever an entry is written. */
  private void failing(String state, String message) throws SQLException {
    Postgres.shared()
        .run(
            "CREATE FUNCTION %s.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '%s' USING ERRCODE = '%s'; END $$"
                .formatted(schema, message, state),
            "CREATE TRIGGER fail BEFORE INSERT ON %1$s.entry EXECUTE FUNCTION %1$s.fail()"
                .formatted(schema));
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertStorage(JournalException refused, String... told) {
    assertThat(refused.kind()).isEqualTo(Kind.STORAGE);
    assertThat(refused).hasMessageContaining(schema).hasMessageContainingAll(told);
  }
}
