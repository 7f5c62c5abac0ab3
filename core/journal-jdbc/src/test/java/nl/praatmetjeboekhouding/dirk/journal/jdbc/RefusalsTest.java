package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.append;
import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that cannot hold a journal, and what their owners are told to do. */
class RefusalsTest {

  private final ManualTime time = ManualTime.create();
  private final String schema = Postgres.freshSchema();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "synchronous_commit=off | acknowledged before they are on the disk | set synchronous_commit = on",
        "default_transaction_read_only=on | it is read-only | use a data source that may write",
      })
  void refusesASessionThatDoesNotKeepWhatItAcknowledges(String set, String what, String remedy)
      throws SQLException {
    JournalException refused = refusal(() -> open(source("options=-c%20" + set)));

    assertStorage(refused, place(), what, remedy);
    assertThat(Postgres.shared().ask("SELECT to_regnamespace('" + schema + "')")).isEqualTo("null");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "true,off,on,on,on | is a replica | targetServerType=primary",
        "false,off,off,on,on | fsync = off | postgresql.conf",
        "false,off,on,off,on | full_page_writes = off | postgresql.conf",
        "false,off,on,on,off | synchronous_commit = off | set synchronous_commit = on",
        "false,on,on,on,on | transaction_read_only = on | may write",
      })
  void refusesEachSettingThatDoesNotMakeACommitDurable(String set, String what, String remedy) {
    List<String> is = List.of(set.split(",", -1));
    ServerSettings settings =
        new ServerSettings(
            Boolean.parseBoolean(is.get(0)), is.get(1), is.get(2), is.get(3), is.get(4));

    assertStorage(refusal(() -> settings.requireDurable("here")), "here", what, remedy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "local", "remote_write", "remote_apply"})
  void takesEveryCommitThatIsOnTheDisk(String commit) {
    new ServerSettings(false, "off", "on", "on", commit).requireDurable("here");
  }

  @Test
  void refusesAConnectionThatMayOnlyRead() {
    DataSource reading =
        Wrapped.source(
            Postgres.shared().dataSource(),
            connection -> {
              connection.setReadOnly(true);
              return connection;
            });

    assertStorage(refusal(() -> open(reading)), place(), "it is read-only");
  }

  @Test
  void refusesAnotherProduct() {
    DataSource other =
        Wrapped.source(
            Postgres.shared().dataSource(),
            connection ->
                Wrapped.connection(
                    connection,
                    (method, call) ->
                        method.equals("getMetaData")
                            ? Wrapped.around(
                                DatabaseMetaData.class,
                                (DatabaseMetaData) call.call(),
                                (asked, told) ->
                                    asked.equals("getDatabaseProductName") ? "H2" : told.call())
                            : call.call()));

    assertStorage(refusal(() -> open(other)), "H2", "the journal needs PostgreSQL");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "CockroachDB CCL v25.1 | 180000 | UTF8 | needs PostgreSQL",
        "PostgreSQL 13.9 on x86 | 130009 | UTF8 | use PostgreSQL 14 or later",
        "PostgreSQL 18.6 on x86 | 180006 | SQL_ASCII | ENCODING 'UTF8'",
      })
  void refusesWhatIsLikePostgres(String product, int version, String encoding, String told) {
    Server server = new Server(product, version, encoding, "app", "dirk", "db:5432");

    assertStorage(refusal(() -> server.requireFit("here")), told);
  }

  @Test
  void refusesADatabaseThatCannotHoldEveryText() throws SQLException {
    Postgres.shared()
        .run(
            "CREATE DATABASE "
                + schema
                + " ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
    DataSource latin = Direct.to(Postgres.shared().url().replace("/postgres?", "/" + schema + "?"));

    assertStorage(refusal(() -> open(latin)), "database \"" + schema + "\"", "LATIN1");
  }

  @Test
  void saysWhatAUserNeedsWhoMayMakeNoSchema() throws SQLException {
    Postgres.shared().run("CREATE ROLE " + schema + " LOGIN");

    JournalException refused = refusal(() -> open(source("user=" + schema)));

    assertStorage(
        refused,
        place(),
        "the user \"" + schema + "\" may not",
        "CREATE SCHEMA \"" + schema + "\" AUTHORIZATION \"" + schema + "\"");
    Postgres.shared().run("CREATE SCHEMA " + schema + " AUTHORIZATION " + schema);
    try (JdbcJournal journal = open(source("user=" + schema))) {
      assertThat(append(journal, 1).sequence()).isEqualTo(1);
    }
  }

  @Test
  void saysWhichRightsAUserLacks() throws SQLException {
    open(source()).close();
    String grant = "GRANT %s TO " + schema;
    Postgres.shared().run("CREATE ROLE " + schema + " LOGIN");

    assertStorage(refusal(() -> open(source("user=" + schema))), "42501");
    Postgres.shared()
        .run(
            grant.formatted("USAGE ON SCHEMA " + schema),
            grant.formatted("SELECT ON ALL TABLES IN SCHEMA " + schema));
    JournalException refused = refusal(() -> open(source("user=" + schema)));
    Postgres.shared()
        .run(
            grant.formatted("INSERT ON ALL TABLES IN SCHEMA " + schema),
            grant.formatted("UPDATE ON " + schema + ".stream, " + schema + ".lease"));

    assertStorage(
        refused,
        "the user \"" + schema + "\" lacks rights",
        "INSERT ON " + schema + ".entry",
        "UPDATE ON " + schema + ".lease");
    try (JdbcJournal journal = open(source("user=" + schema))) {
      var lease = journal.acquire("worker", "one", "a test", Duration.ofSeconds(30));
      assertThat(append(journal, 1, lease).sequence()).isEqualTo(1);
      assertThat(append(journal, 2, lease).sequence()).isEqualTo(2);
    }
  }

  @Test
  void refusesWhatANewerDirkWrote() throws SQLException {
    try (JdbcJournal journal = open(source())) {
      Postgres.shared().run("INSERT INTO " + schema + ".version VALUES (2)");

      JournalException opening = refusal(() -> open(source()));
      JournalException appending = refusal(() -> append(journal, 1));
      JournalException reading = refusal(() -> journal.read("run:1", 1));

      for (JournalException refused : List.of(opening, appending, reading)) {
        assertThat(refused.kind()).isEqualTo(Kind.CORRUPT);
        assertThat(refused).hasMessageContainingAll(place(), "newer Dirk", "version 2");
      }
    }
  }

  @Test
  void refusesTablesThatACrashEmpties() throws SQLException {
    open(source()).close();
    Postgres.shared().run("ALTER TABLE " + schema + ".lease SET UNLOGGED");

    assertStorage(refusal(() -> open(source())), "UNLOGGED", "lease");
  }

  @Test
  void saysWhatIsWrongWithTheDataSource() {
    String url = Postgres.shared().url();

    assertStorage(
        refusal(() -> open(Direct.to(url.replace("/postgres?", "/nowhere?")))),
        "3D000",
        "there is no such database");
    assertStorage(
        refusal(() -> open(Direct.to(url.replace("user=postgres", "user=nobody")))),
        "28000",
        "does not let the user in");
    assertStorage(
        refusal(() -> open(Direct.to("jdbc:postgresql://localhost:1/app?user=a"))),
        "08001",
        "check that the server runs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://localhost:1/app?user=a&password=hunter2",
        "jdbc:postgresql://localhost:1/app?user=a&password=hunter2&sslmode=so-so",
        "jdbc:postgresql://a:hunter2@localhost:1/app",
        "jdbc:nosuch://localhost:1/app?user=a&sslpassword=hunter2",
      })
  void tellsNoPassword(String url) {
    JournalException refused = refusal(() -> open(Direct.to(url)));

    StringWriter told = new StringWriter();
    refused.printStackTrace(new PrintWriter(told));
    assertThat(told.toString()).doesNotContain("hunter2");
    assertThat(refused.kind()).isEqualTo(Kind.STORAGE);
  }

  @Test
  void namesItsPlaceWithoutAPassword() {
    try (JdbcJournal journal = open(source("password=hunter2", "sslpassword=hunter2"))) {
      assertThat(journal.capabilities().place())
          .isEqualTo(
              "database \"postgres\" of PostgreSQL at localhost:%d, schema \"%s\""
                  .formatted(Postgres.shared().port(), schema));
      assertThat(journal.capabilities().durable()).isTrue();
      assertThat(journal.capabilities().crossProcess()).isTrue();
      assertThat(journal.capabilities().crossHost()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Dirk", "1dirk", "pg_dirk", "a\"b", "a.b", "a-b"})
  void refusesNamesOfSchemasThatNeedCare(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcJournal.with(source(), time).schema(name))
        .withMessageContaining("schema");
  }

  @Test
  void refusesTextsThatPostgresDoesNotStore() {
    try (JdbcJournal journal = open(source())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> journal.append("run:\u0000", 1, List.of(), Notes.note("")))
          .withMessageContaining("stream");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> journal.read("run:" + "x".repeat(3000), 1))
          .withMessageContaining("stream");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> journal.acquire("w", "\ud83d", "why", Duration.ofSeconds(1)))
          .withMessageContaining("holder");
      Entry longest = journal.append("run:" + "é".repeat(998), 1, List.of(), Notes.note(""));
      assertThat(journal.heads("run")).containsExactly(longest);
    }
  }

  private JdbcJournal open(DataSource source) {
    return JdbcJournal.with(source, time).schema(schema).open();
  }

  private static DataSource source(String... parameters) {
    return Postgres.shared().dataSource(parameters);
  }

  private String place() {
    return "at localhost:" + Postgres.shared().port() + ", schema \"" + schema + "\"";
  }

  private static void assertStorage(JournalException refused, String... told) {
    assertThat(refused.kind()).isEqualTo(Kind.STORAGE);
    assertThat(refused).hasMessageContainingAll(told);
  }
}
