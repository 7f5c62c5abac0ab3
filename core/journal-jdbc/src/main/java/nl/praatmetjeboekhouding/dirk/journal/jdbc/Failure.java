package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a failed statement means, by its SQLSTATE.
 *
 * @param state five characters, or empty if there is none
 * @param thrown by the driver or the pool
 */
record Failure(String state, SQLException thrown) {

  private static final Set<String> BUSY = Set.of("40001", "40P01", "55P03");
  private static final Set<String> GONE =
      Set.of("57P01", "57P02", "57P03", "57P05", "53300", "25P03", "25P04");

  /** What somebody on call does, by SQLSTATE or its class. */
  private static final Map<String, String> ADVICE =
      Map.ofEntries(
          Map.entry(
              "08",
              "the connection was lost or none could be made: check that the server runs and that"
                  + " this machine reaches it"),
          Map.entry("57P", "the server went down or cut the connection: check that it runs"),
          Map.entry("57P03", "the server does not take connections yet: wait until it has started"),
          Map.entry(
              "57014",
              "it was cancelled by the server's statement_timeout, or by somebody: nothing was"
                  + " changed; look what keeps the server busy"),
          Map.entry(
              "53100",
              "the server's disk is full: make space there; what was acknowledged is safe"),
          Map.entry("53200", "the server is out of memory"),
          Map.entry("53300", "no connection is free: raise max_connections, or close some"),
          Map.entry(
              "25006",
              "it is read-only: this is a replica, or somebody made it so, which hosting services do"
                  + " when the disk is full"),
          Map.entry(
              "25001",
              "the data source gives connections that are in the midst of a transaction: give Dirk"
                  + " the plain data source"),
          Map.entry("42501", "the user lacks a right: docs/journal.md lists what to grant"),
          Map.entry("42P01", "a table is gone: restore the database from a backup, or begin anew"),
          Map.entry(
              "3F000", "the schema is gone: restore the database from a backup, or begin anew"),
          Map.entry("3D000", "there is no such database: check the data source, or create it"),
          Map.entry(
              "28",
              "the server does not let the user in: check the data source's user and password"),
          Map.entry(
              "08004",
              "the server does not let the user in: check the data source, and pg_hba.conf there"),
          Map.entry("XX", "the server found its own files damaged: call whoever runs it"),
          Map.entry("58", "the server's disk or system fails: call whoever runs it"),
          Map.entry(
              "40",
              "others are in the way all the time: try again, and look in pg_stat_activity for who"
                  + " it is"),
          Map.entry(
              "55P03",
              "somebody holds a lock on the row for too long: look in pg_stat_activity for who it"
                  + " is"));

  static Failure of(SQLException thrown) {
    return new Failure(state(thrown), thrown);
  }

  /** Whether a new try, on a new connection, may succeed. */
  boolean isTransient() {
    return BUSY.contains(state)
        || GONE.contains(state)
        || (state.startsWith("08") && !state.equals("08004"))
        || state.isEmpty();
  }

  /**
   * For whoever asked.
   *
   * @param doubt a sentence about what is not known, or empty
   */
  JournalException told(String place, String asked, String doubt) {
    return new JournalException(
        state.startsWith("XX") ? Kind.CORRUPT : Kind.STORAGE,
        place
            + ": could not "
            + asked
            + " ("
            + firstLine(String.valueOf(thrown.getMessage()))
            + (state.isEmpty() ? "" : ", SQLSTATE " + state)
            + "): "
            + advice()
            + doubt,
        Secrets.clean(thrown));
  }

  private String advice() {
    for (int length = state.length(); length >= 2; length--) {
      String advice = ADVICE.get(state.substring(0, length));
      if (advice != null) {
        return advice;
      }
    }
    return "check that the data source's database can be used";
  }

  /** What a message says, without details and passwords. */
  static String firstLine(String message) {
    return Secrets.masked(message.lines().findFirst().orElse(""));
  }

  /** A pool wraps what the driver threw, and some do not hand its state on. */
  private static String state(SQLException thrown) {
    @Nullable Throwable one = thrown;
    for (int depth = 0; one != null && depth < 10; depth++) {
      if (one instanceof SQLException sql) {
        String state = sql.getSQLState();
        if (state != null && state.length() == 5) {
          return state;
        }
      }
      one = one.getCause();
    }
    return "";
  }
}
