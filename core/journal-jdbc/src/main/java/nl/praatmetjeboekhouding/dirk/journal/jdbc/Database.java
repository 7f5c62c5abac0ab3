package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Runs transactions on connections of the data source, each on its own, and tries again where that
 * can help. What is run must find out itself whether an earlier try took effect.
 */
final class Database {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofMillis(500);

  private static final String IN_DOUBT =
      ". Whether it was written is not known: whoever reads the journal again sees it";

  /** One transaction's work. */
  interface Work<T> {
    T run(Connection connection) throws SQLException, IOException;
  }

  private final DataSource source;
  private final TimeSource time;
  private final String place;
  private final Duration patience;
  private final Condition readable;
  private final Condition writable;

  private Database(
      DataSource source,
      TimeSource time,
      String place,
      Duration patience,
      Condition readable,
      Condition writable) {
    this.source = source;
    this.time = time;
    this.place = place;
    this.patience = patience;
    this.readable = readable;
    this.writable = writable;
  }

  /** One about which nothing is known yet, with less patience: what is wrong is told at once. */
  static Database unknown(DataSource source, TimeSource time) {
    return new Database(
        source,
        time,
        "the data source's database",
        Duration.ofMillis(500),
        Condition.NONE,
        Condition.NONE);
  }

  /** The same, once it is known where it is. */
  Database at(String where) {
    return new Database(source, time, where, patience, readable, writable);
  }

  /** The same, with conditions. */
  Database requiring(Condition toRead, Condition toWrite) {
    return new Database(source, time, place, patience, toRead, toWrite);
  }

  /** The same, with the patience of a journal that is open. */
  Database patient() {
    return new Database(source, time, place, PATIENCE, readable, writable);
  }

  /** Where it is, for people. */
  String place() {
    return place;
  }

  /** Looks at a connection as it comes. */
  <T> T look(String asked, Work<T> work) {
    return patiently(
        asked,
        () -> {
          try (Connection connection = connection()) {
            return work.run(connection);
          }
        });
  }

  /** Runs what changes nothing. */
  <T> T read(String asked, Work<T> work) {
    return patiently(
        asked,
        () -> {
          try (Transaction transaction = Transaction.begin(connection(), readable)) {
            return work.run(transaction.connection());
          }
        });
  }

  /** Runs what may change something; durable when it returns. */
  <T> T write(String asked, Work<T> work) {
    return patiently(
        asked,
        () -> {
          try (Transaction transaction = Transaction.begin(connection(), writable)) {
            T result = work.run(transaction.connection());
            transaction.commit();
            return result;
          }
        });
  }

  private interface Attempt<T> {
    T run() throws SQLException, IOException;
  }

  private <T> T patiently(String asked, Attempt<T> attempt) {
    boolean interrupted = Thread.interrupted();
    long start = time.nanoTime();
    Duration pause = SHORTEST;
    String doubt = "";
    try {
      while (true) {
        SQLException thrown;
        try {
          return attempt.run();
        } catch (SQLException e) {
          thrown = e;
        } catch (IOException e) {
          throw broken(asked, "the temporary folder of this machine cannot be used", e);
        } catch (JournalException e) {
          throw e;
        } catch (RuntimeException e) {
          throw broken(asked, "the data source or its driver broke down", e);
        }
        // a pool may give up, and a virtual thread's connection closes, because of an interrupt
        interrupted |= Thread.interrupted();
        Failure failure = Failure.of(thrown);
        if (thrown instanceof LostCommit && failure.isTransient()) {
          doubt = IN_DOUBT;
        }
        if (!failure.isTransient() || time.nanoTime() - start > patience.toNanos()) {
          throw failure.told(place, asked, doubt);
        }
        boolean unused = time.pause(pause, Cancellation.create());
        interrupted |= Thread.interrupted();
        pause = pause.compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : pause;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Connection connection() throws SQLException {
    Connection connection = source.getConnection();
    if (connection == null) {
      throw new SQLException("the data source gave no connection", "08001");
    }
    return connection;
  }

  private JournalException broken(String asked, String what, Exception thrown) {
    return new JournalException(
        Kind.STORAGE,
        place
            + ": could not "
            + asked
            + ": "
            + what
            + " ("
            + Secrets.masked(thrown.toString())
            + ")",
        Secrets.clean(thrown));
  }
}
