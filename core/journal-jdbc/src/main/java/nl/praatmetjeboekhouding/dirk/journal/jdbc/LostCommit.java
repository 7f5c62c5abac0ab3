package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import java.sql.SQLException;

/** The commit was sent and its answer did not come or was no: it may have taken effect. */
final class LostCommit extends SQLException {

  private static final long serialVersionUID = 1L;

  LostCommit(SQLException thrown) {
    super(thrown.getMessage(), thrown.getSQLState(), thrown.getErrorCode(), thrown);
  }
}
