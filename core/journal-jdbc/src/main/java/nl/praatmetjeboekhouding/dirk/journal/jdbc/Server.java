package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;

/**
 * What answers on a connection, and where it is.
 *
 * @param product what it is, in its own words
 * @param version as PostgreSQL counts, such as 180006
 * @param encoding of its texts
 * @param database its name
 * @param user who is connected
 * @param address host and port, as the data source or else the server names them
 */
record Server(
    String product, int version, String encoding, String database, String user, String address) {

  /** The oldest that its makers still mend. */
  private static final int OLDEST = 140_000;

  private static final Pattern HOSTS =
      Pattern.compile("^jdbc:[a-z0-9:+-]+//(?:[^/?@]*@)?([^/?;]+)");

  /** Looks, and refuses what is not PostgreSQL. */
  static Server of(Connection connection) throws SQLException {
    String driven = connection.getMetaData().getDatabaseProductName();
    if (!"PostgreSQL".equals(driven)) {
      throw notPostgres(String.valueOf(driven));
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT version(), current_setting('server_version_num')::integer,"
                    + " current_setting('server_encoding'), current_database(), current_user,"
                    + " coalesce(host(inet_server_addr()) || ':' || inet_server_port(),"
                    + " 'a local socket')")) {
      row.next();
      return new Server(
          row.getString(1),
          row.getInt(2),
          row.getString(3),
          row.getString(4),
          row.getString(5),
          address(connection.getMetaData().getURL(), row.getString(6)));
    } finally {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
    }
  }

  /** For people; no password. */
  String place(Schema schema) {
    return "database \"%s\" of PostgreSQL at %s, schema \"%s\""
        .formatted(database, address, schema.name());
  }

  /** Refuses what is like PostgreSQL, but old, or not it. */
  void requireFit(String place) {
    if (!product.startsWith("PostgreSQL ")) {
      throw notPostgres(product);
    }
    if (version < OLDEST) {
      throw new JournalException(
          Kind.STORAGE,
          place + " is too old for a journal (" + product + "): use PostgreSQL 14 or later");
    }
    if (!encoding.equals("UTF8")) {
      throw new JournalException(
          Kind.STORAGE,
          place
              + " cannot hold every text, because its encoding is "
              + encoding
              + ": make one with CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0");
    }
  }

  private static JournalException notPostgres(String product) {
    return new JournalException(
        Kind.STORAGE,
        "the data source leads to "
            + product
            + ", but the journal needs PostgreSQL: what others promise for a commit was not tried");
  }

  private static String address(String url, String told) {
    Matcher hosts = HOSTS.matcher(String.valueOf(url));
    return hosts.find() ? hosts.group(1) : told;
  }
}
