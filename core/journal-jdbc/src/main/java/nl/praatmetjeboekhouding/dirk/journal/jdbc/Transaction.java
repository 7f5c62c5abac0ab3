package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One transaction on a connection that somebody else's pool gave: whatever it was set to, and it is
 * given back as it was. What it locks, a server that no longer hears of us sets free by itself.
 */
final class Transaction implements AutoCloseable {

  private static final int ANSWER_WITHIN = 40_000;

  /** Limits only where the user or the database has none of his own. */
  private static final String BEGIN =
      "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;"
          + " SELECT "
          + limit("lock_timeout", "5s")
          + ", "
          + limit("statement_timeout", "30s")
          + ", "
          + limit("idle_in_transaction_session_timeout", "5s")
          + "; ";

  private final Connection connection;
  private boolean wasAutoCommit;
  private boolean limited;
  private boolean ended;

  private Transaction(Connection connection) {
    this.connection = connection;
  }

  /** Begins one; the connection is closed with it, or at once if it cannot begin. */
  static Transaction begin(Connection connection, Condition condition) throws SQLException {
    Transaction transaction = new Transaction(connection);
    try {
      transaction.begin(condition);
      return transaction;
    } catch (SQLException | RuntimeException | Error e) {
      transaction.close();
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  /**
   * Makes what was done durable.
   *
   * @throws LostCommit if it may or may not be
   */
  void commit() throws LostCommit {
    try {
      connection.commit();
      ended = true;
    } catch (SQLException e) {
      throw new LostCommit(e);
    }
  }

  /** Takes back what was not committed. A connection that cannot do that is broken anyway. */
  @Override
  public void close() {
    if (!ended) {
      quietly(connection::rollback);
    }
    if (wasAutoCommit) {
      quietly(() -> connection.setAutoCommit(true));
    }
    if (limited) {
      quietly(() -> connection.setNetworkTimeout(Runnable::run, 0));
    }
    quietly(connection::close);
  }

  private void begin(Condition condition) throws SQLException {
    if (connection.getNetworkTimeout() == 0) {
      connection.setNetworkTimeout(Runnable::run, ANSWER_WITHIN);
      limited = true;
    }
    if (connection.getAutoCommit()) {
      connection.setAutoCommit(false);
      wasAutoCommit = true;
    } else {
      leaveOpenOne();
    }
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(BEGIN + condition.select());
      skip(statement);
      skip(statement);
      try (ResultSet row = statement.getResultSet()) {
        row.next();
        condition.check().of(row);
      }
    }
  }

  /**
   * A connection without auto-commit may be in a transaction already, such as that of the pool's
   * own check. One that wrote something is not ours to end.
   */
  private void leaveOpenOne() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pg_catalog.txid_current_if_assigned() IS NOT NULL")) {
      row.next();
      if (row.getBoolean(1)) {
        ended = true;
        throw new SQLException("somebody's transaction is open on the connection", "25001");
      }
    } catch (SQLException e) {
      if (!"25P02".equals(e.getSQLState())) {
        throw e;
      }
    }
    connection.rollback();
  }

  private static void skip(Statement statement) throws SQLException {
    boolean unused = statement.getMoreResults();
  }

  private static String limit(String setting, String value) {
    return "CASE pg_catalog.current_setting('%1$s') WHEN '0' THEN pg_catalog.set_config('%1$s', '%2$s', true) END"
        .formatted(setting, value);
  }

  private interface Step {
    void run() throws SQLException;
  }

  private static void quietly(Step step) {
    try {
      step.run();
    } catch (SQLException | RuntimeException ignored) {
      // what matters was committed or is not
    }
  }
}
