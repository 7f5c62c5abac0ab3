package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Statement;
import javax.sql.DataSource;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.testkit.JournalContract;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract over connections without auto-commit, in the midst of their pool's own check, and
 * serializable unless they are told otherwise.
 */
class StrictSessionsContractTest extends JournalContract {

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static HikariDataSource pool;

  private final String schema = Postgres.freshSchema();

  @BeforeAll
  static void fill() {
    pool =
        Postgres.shared()
            .pool(
                config -> {
                  config.setAutoCommit(false);
                  config.setConnectionInitSql(
                      "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE");
                });
  }

  @AfterAll
  static void empty() {
    pool.close();
  }

  @Override
  protected Journal openJournal(TimeSource time) {
    return JdbcJournal.with(inATransaction(pool), time).schema(schema).open();
  }

  private static DataSource inATransaction(DataSource source) {
    return Wrapped.source(
        source,
        connection -> {
          try (Statement check = connection.createStatement()) {
            boolean unused = check.execute("SELECT 1");
          }
          return connection;
        });
  }
}
