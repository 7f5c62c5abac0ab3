package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What must be so before a transaction's work begins. It is asked in the same message as the
 * transaction's beginning, so that it costs no time.
 *
 * @param select a query of one row
 * @param check throws if that row says that it is not so
 */
record Condition(String select, Check check) {

  /** Reads the row. */
  interface Check {
    void of(ResultSet row) throws SQLException;
  }

  static final Condition NONE = new Condition("SELECT 1", row -> {});
}
