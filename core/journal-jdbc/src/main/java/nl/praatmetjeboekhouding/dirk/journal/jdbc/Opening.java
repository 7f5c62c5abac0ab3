package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** Finds out whether a database can hold a journal, and makes its tables if they are not there. */
final class Opening {

  private final Schema schema;
  private final Server server;
  private final String place;

  private Opening(Schema schema, Server server) {
    this.schema = schema;
    this.server = server;
    this.place = server.place(schema);
  }

  static Database open(DataSource source, TimeSource time, Schema schema, JournalClock clock) {
    Database unknown = Database.unknown(source, time);
    Server server = unknown.look("use it", Server::of);
    Opening opening = new Opening(schema, server);
    server.requireFit(opening.place);
    Database named = unknown.at(opening.place).requiring(Condition.NONE, opening.durable());
    boolean unused =
        named.write(
            "open the journal",
            connection -> {
              opening.makeTables(connection);
              opening.requireRights(connection);
              opening.requireLogged(connection);
              clock.requireAgreement(connection, opening.place);
              return true;
            });
    return named.requiring(opening.readable(), opening.writable()).patient();
  }

  private Condition durable() {
    return new Condition(
        "SELECT " + ServerSettings.COLUMNS, row -> ServerSettings.of(row).requireDurable(place));
  }

  private Condition readable() {
    return withVersion(
        row -> {
          ServerSettings.of(row).requireCurrent(place);
          requireKnown(row.getInt("version"));
        });
  }

  private Condition writable() {
    return withVersion(
        row -> {
          ServerSettings.of(row).requireDurable(place);
          requireKnown(row.getInt("version"));
        });
  }

  private Condition withVersion(Condition.Check check) {
    return new Condition(
        schema.sql(
            "SELECT "
                + ServerSettings.COLUMNS
                + ", (SELECT max(version) FROM @version) AS version"),
        check);
  }

  /** Makes what is missing, alone among all who open a journal in this schema. */
  private void makeTables(Connection connection) throws SQLException {
    if (version(connection) == Schema.VERSION) {
      return;
    }
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('dirk'),"
                + " pg_catalog.hashtext(?))")) {
      lock.setString(1, schema.name());
      lock.executeQuery().close();
    }
    try (Statement statement = connection.createStatement()) {
      if (!hasSchema(connection)) {
        boolean unused = statement.execute("CREATE SCHEMA \"" + schema.name() + "\"");
      }
      for (int next = version(connection) + 1; next <= Schema.VERSION; next++) {
        boolean unused = statement.execute(schema.migration(next));
        unused =
            statement.execute(schema.sql("INSERT INTO @version (version) VALUES (" + next + ")"));
      }
    } catch (SQLException e) {
      if ("42501".equals(e.getSQLState())) {
        throw mayNotMake(e);
      }
      throw e;
    }
  }

  /** The version of the tables; 0 if there are none. */
  private int version(Connection connection) throws SQLException {
    try (PreparedStatement exists =
        connection.prepareStatement(
            "SELECT 1 FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = ? AND c.relname = 'version'")) {
      exists.setString(1, schema.name());
      try (ResultSet row = exists.executeQuery()) {
        if (!row.next()) {
          return 0;
        }
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(schema.sql("SELECT max(version) FROM @version"))) {
      row.next();
      int version = row.getInt(1);
      requireKnown(version);
      return version;
    }
  }

  private void requireKnown(int version) {
    if (version > Schema.VERSION) {
      throw new JournalException(
          Kind.CORRUPT,
          place
              + " was written by a newer Dirk (version "
              + version
              + " of the tables, this one knows "
              + Schema.VERSION
              + "). Nothing was changed. Use that Dirk.");
    }
  }

  private boolean hasSchema(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?")) {
      select.setString(1, schema.name());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private JournalException mayNotMake(SQLException thrown) {
    return new JournalException(
        Kind.STORAGE,
        "%1$s: the user \"%2$s\" may not make what the journal needs (%3$s): have an administrator run CREATE SCHEMA \"%4$s\" AUTHORIZATION \"%2$s\", or GRANT CREATE, USAGE ON SCHEMA \"%4$s\" TO \"%2$s\" if it is there; or open the journal once as a user who may, and grant this one its rights as docs/journal.md says"
            .formatted(
                place,
                server.user(),
                Failure.firstLine(String.valueOf(thrown.getMessage())),
                schema.name()),
        Secrets.clean(thrown));
  }

  /** Told now rather than in the midst of a deploy. */
  private void requireRights(Connection connection) throws SQLException {
    String missing =
        text(
            connection,
            "SELECT string_agg(needed.privilege || ' ON @' || needed.name, ', ')"
                + " FROM (VALUES ('version', 'SELECT'), ('stream', 'SELECT'), ('stream', 'INSERT'),"
                + " ('stream', 'UPDATE'), ('entry', 'SELECT'), ('entry', 'INSERT'),"
                + " ('lease', 'SELECT'), ('lease', 'INSERT'), ('lease', 'UPDATE'),"
                + " ('kept', 'SELECT'), ('kept', 'INSERT'), ('chunk', 'SELECT'),"
                + " ('chunk', 'INSERT')) AS needed (name, privilege)"
                + " WHERE NOT has_table_privilege('@' || needed.name, needed.privilege)");
    if (!missing.isEmpty()) {
      throw new JournalException(
          Kind.STORAGE,
          place
              + ": the user \""
              + server.user()
              + "\" lacks rights: have the tables' owner GRANT "
              + missing.replace("\"", ""));
    }
  }

  /** A table that is not logged is empty after a crash. */
  private void requireLogged(Connection connection) throws SQLException {
    String unlogged =
        text(
            connection,
            "SELECT string_agg(c.relname, ', ') FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = '"
                + schema.name()
                + "' AND c.relkind = 'r' AND c.relpersistence <> 'p'");
    if (!unlogged.isEmpty()) {
      throw new JournalException(
          Kind.STORAGE,
          place
              + " cannot hold a journal: a crash of the server empties tables that are UNLOGGED: ALTER"
              + " TABLE ... SET LOGGED for "
              + unlogged);
    }
  }

  /** The query's one text, or an empty one. */
  private String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(schema.sql(query))) {
      row.next();
      String text = row.getString(1);
      return text == null ? "" : text;
    }
  }
}
