package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;

/**
 * How the server, or this session of it, is set where that decides what a commit is worth. Any of
 * it can change while a journal is open, so it is looked at in each transaction.
 *
 * @param recovering whether it is a replica
 * @param readOnly {@code on} or {@code off}
 * @param fsync {@code on} or {@code off}
 * @param fullPageWrites {@code on} or {@code off}
 * @param synchronousCommit what a commit waits for
 */
record ServerSettings(
    boolean recovering,
    String readOnly,
    String fsync,
    String fullPageWrites,
    String synchronousCommit) {

  /** What {@link #of} reads. */
  static final String COLUMNS =
      "pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('transaction_read_only'),"
          + " pg_catalog.current_setting('fsync'),"
          + " pg_catalog.current_setting('full_page_writes'),"
          + " pg_catalog.current_setting('synchronous_commit')";

  static ServerSettings of(ResultSet row) throws SQLException {
    return new ServerSettings(
        row.getBoolean(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5));
  }

  /** Refuses a server whose answers may be older than what was acknowledged. */
  void requireCurrent(String place) {
    if (recovering) {
      throw refused(
          place,
          "this server is a replica (pg_is_in_recovery), which may lag behind",
          "let the data source name the primary (with pgjdbc: targetServerType=primary)");
    }
  }

  /** Refuses a server that would not keep what it acknowledges, or takes nothing. */
  void requireDurable(String place) {
    requireCurrent(place);
    if (readOnly.equals("on")) {
      throw refused(
          place,
          "it is read-only (transaction_read_only = on)",
          "use a data source that may write; hosting services make databases read-only when the disk"
              + " is full");
    }
    if (fsync.equals("off")) {
      throw refused(
          place,
          "the server runs with fsync = off and may lose what it acknowledged",
          "set fsync = on in its postgresql.conf and reload it");
    }
    if (fullPageWrites.equals("off")) {
      throw refused(
          place,
          "the server runs with full_page_writes = off and may damage its files in a crash",
          "set full_page_writes = on in its postgresql.conf and reload it");
    }
    if (synchronousCommit.equals("off")) {
      throw refused(
          place,
          "commits are acknowledged before they are on the disk (synchronous_commit = off)",
          "set synchronous_commit = on for this user, database or connection");
    }
  }

  private static JournalException refused(String place, String what, String remedy) {
    return new JournalException(
        Kind.STORAGE, place + " cannot hold a journal: " + what + ": " + remedy);
  }
}
