package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/** Kept content by its digest, in chunks, so that neither side needs it in memory as a whole. */
final class ContentTable {

  private static final int CHUNK = 1 << 20;

  private final Schema schema;
  private final String place;

  ContentTable(Schema schema, String place) {
    this.schema = schema;
    this.place = place;
  }

  Digest keep(Connection connection, Spool spool) throws SQLException, IOException {
    Digest digest = spool.digest();
    // waits for whoever keeps the same, and does nothing if he does
    try (PreparedStatement insert =
        connection.prepareStatement(
            schema.sql("INSERT INTO @kept (digest, size) VALUES (?, ?) ON CONFLICT DO NOTHING"))) {
      insert.setString(1, digest.hex());
      insert.setLong(2, spool.size());
      if (insert.executeUpdate() == 0) {
        return digest;
      }
    }
    try (InputStream content = spool.open();
        PreparedStatement insert =
            connection.prepareStatement(
                schema.sql("INSERT INTO @chunk (digest, ordinal, bytes) VALUES (?, ?, ?)"))) {
      byte[] chunk = content.readNBytes(CHUNK);
      for (int ordinal = 0; chunk.length > 0; ordinal++) {
        insert.setString(1, digest.hex());
        insert.setInt(2, ordinal);
        insert.setBytes(3, chunk);
        int unused = insert.executeUpdate();
        chunk = content.readNBytes(CHUNK);
      }
    }
    return digest;
  }

  /** The content, whose digest was checked, or empty if it is not kept. */
  Optional<Spool> kept(Connection connection, Digest digest) throws SQLException, IOException {
    if (!isKept(connection, digest)) {
      return Optional.empty();
    }
    Spool spool = new Spool();
    try {
      fill(connection, digest, spool);
      if (!spool.digest().equals(digest)) {
        throw new JournalException(
            Kind.CORRUPT,
            place
                + ": content "
                + digest
                + " is not what was kept: delete its rows from the tables chunk and kept, and build"
                + " again");
      }
      return Optional.of(spool);
    } catch (SQLException | IOException | RuntimeException | Error e) {
      spool.close();
      throw e;
    }
  }

  private boolean isKept(Connection connection, Digest digest) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(schema.sql("SELECT size FROM @kept WHERE digest = ?"))) {
      select.setString(1, digest.hex());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private void fill(Connection connection, Digest digest, Spool spool)
      throws SQLException, IOException {
    try (PreparedStatement select =
        connection.prepareStatement(
            schema.sql("SELECT bytes FROM @chunk WHERE digest = ? ORDER BY ordinal"))) {
      select.setFetchSize(4);
      select.setString(1, digest.hex());
      try (ResultSet chunks = select.executeQuery()) {
        while (chunks.next()) {
          byte[] chunk = chunks.getBytes(1);
          spool.add(chunk, chunk.length);
        }
      }
    }
    spool.end();
  }
}
