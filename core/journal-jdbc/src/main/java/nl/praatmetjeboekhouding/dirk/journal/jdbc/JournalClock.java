package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** The clock that counts, beside the machine's own. */
final class JournalClock {

  /** Stamps of other machines are compared with this machine's time, so both must be near. */
  private static final Duration TOLERANCE = Duration.ofSeconds(10);

  /**
   * A moment.
   *
   * @param here what this machine's clock showed, at the latest, when the other was read
   * @param counted what the clock showed that counts
   */
  record Moment(Instant here, Instant counted) {}

  private final JdbcJournal.Clock counts;
  private final TimeSource time;

  JournalClock(JdbcJournal.Clock counts, TimeSource time) {
    this.counts = counts;
    this.time = time;
  }

  /** Now; asked for after the rows are locked, because waiting for them takes time. */
  Moment now(Connection connection) throws SQLException {
    Instant here = time.instant();
    return switch (counts) {
      case GIVEN -> new Moment(here, here);
      case DATABASE -> new Moment(here, database(connection));
    };
  }

  /**
   * Makes sure that this machine and the database agree about the time, more or less.
   *
   * @throws JournalException with STORAGE if they do not
   */
  void requireAgreement(Connection connection, String place) throws SQLException {
    Moment now = now(connection);
    Instant after = time.instant();
    Duration ahead = Duration.between(now.counted(), now.here());
    Duration behind = Duration.between(after, now.counted());
    Duration apart = ahead.compareTo(behind) > 0 ? ahead : behind;
    if (apart.compareTo(TOLERANCE) > 0) {
      throw new JournalException(
          Kind.STORAGE,
          "the clock of this machine is "
              + apart.toSeconds()
              + " s "
              + (apart.equals(ahead) ? "ahead of" : "behind")
              + " that of "
              + place
              + "; what machines write is compared by time, so more than "
              + TOLERANCE.toSeconds()
              + " s are refused: set the clock that is wrong (NTP)");
    }
  }

  private static Instant database(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT pg_catalog.clock_timestamp()");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }
}
