package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.EntryForm;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.journal.jdbc.StreamChain.Head;

/**
 * The streams and their entries. Each entry names the hash of the one before it, and the stream's
 * row that of the last, so that a row that was changed, or went missing, is told.
 */
final class StreamTable {

  private final String place;
  private final LeaseTable leases;
  private final String begin;
  private final String lock;
  private final String find;
  private final String add;
  private final String read;
  private final String heads;

  StreamTable(Schema schema, String place, LeaseTable leases) {
    this.place = place;
    this.leases = leases;
    begin =
        schema.sql(
            "INSERT INTO @stream (name, kind, last, hash) VALUES (?, ?, 0, '')"
                + " ON CONFLICT DO NOTHING");
    lock = schema.sql("SELECT last, hash FROM @stream WHERE name = ? FOR UPDATE");
    find = schema.sql("SELECT line FROM @entry WHERE stream = ? AND sequence = ? AND token = ?");
    add =
        schema.sql(
            "WITH added AS (INSERT INTO @entry (stream, sequence, token, line)"
                + " VALUES (?, ?, ?, ?) RETURNING stream, sequence)"
                + " UPDATE @stream SET last = added.sequence, hash = ?"
                + " FROM added WHERE name = added.stream");
    read =
        schema.sql(
            "SELECT s.name, s.last, s.hash, e.sequence, e.line FROM @stream s"
                + " LEFT JOIN @entry e ON e.stream = s.name AND e.sequence >= ?"
                + " WHERE s.name = ? ORDER BY e.sequence");
    heads =
        schema.sql(
            "SELECT s.name, s.last, s.hash, e.sequence, e.line FROM @stream s"
                + " LEFT JOIN @entry e ON e.stream = s.name AND e.sequence = s.last"
                + " WHERE s.kind = ? ORDER BY s.ordinal");
  }

  /**
   * Adds an entry, or finds the one that an earlier try with this token added.
   *
   * @param wanted stream and record
   * @param sequence the number that it shall have
   */
  Entry append(
      Connection connection,
      JournalClock clock,
      Entry wanted,
      long sequence,
      List<Lease> held,
      String token)
      throws SQLException {
    String stream = wanted.stream();
    Map<String, LeaseTable.Row> guards = leases.lock(connection, held);
    Head head = head(connection, stream, sequence == 1);
    if (sequence != head.last() + 1) {
      return written(connection, stream, sequence, token)
          .orElseThrow(
              () ->
                  new JournalException(
                      Kind.SEQUENCE,
                      stream + " goes on with entry " + (head.last() + 1) + ", not " + sequence));
    }
    Instant now = clock.now(connection).counted();
    held.forEach(lease -> LeaseTable.requireHeld(lease, guards, now));
    Entry entry = new Entry(stream, sequence, now, wanted.record());
    add(connection, entry, token, line(entry, held, head.hash()));
    return entry;
  }

  List<Entry> read(Connection connection, String stream, long from) throws SQLException {
    // the entry before the first that is asked for says what that one must follow
    long first = Math.max(1, from - 1);
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(read)) {
      statement.setLong(1, first);
      statement.setString(2, stream);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return entries;
        }
        StreamChain chain = chain(rows, first);
        do {
          take(rows, chain).ifPresent(entries::add);
        } while (rows.next());
        chain.end();
      }
    }
    return entries.stream().filter(entry -> entry.sequence() >= from).toList();
  }

  /** A whole stream as it is stored. */
  List<String> lines(Connection connection, String stream) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(read)) {
      statement.setLong(1, 1);
      statement.setString(2, stream);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return lines;
        }
        StreamChain chain = chain(rows, 1);
        do {
          if (take(rows, chain).isPresent()) {
            lines.add(rows.getString("line"));
          }
        } while (rows.next());
        chain.end();
      }
    }
    return lines;
  }

  List<Entry> heads(Connection connection, String kind) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(heads)) {
      statement.setString(1, kind);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          StreamChain chain = chain(rows, rows.getLong("last"));
          take(rows, chain).ifPresent(entries::add);
          chain.end();
        }
      }
    }
    return entries;
  }

  private StreamChain chain(ResultSet row, long first) throws SQLException {
    Head head = new Head(row.getLong("last"), row.getString("hash"));
    return new StreamChain(place, row.getString("name"), head, first);
  }

  /** The row's entry, or empty if the stream had none to join. */
  private static Optional<Entry> take(ResultSet row, StreamChain chain) throws SQLException {
    String line = row.getString("line");
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(chain.take(row.getLong("sequence"), line));
  }

  /**
   * The stream's end, locked until the transaction ends.
   *
   * @param begins whether the stream may begin now
   */
  private Head head(Connection connection, String stream, boolean begins) throws SQLException {
    Optional<Head> head = lock(connection, stream);
    while (head.isEmpty() && begins) {
      // waits for whoever begins the same stream, and does nothing if he does
      begin(connection, stream);
      head = lock(connection, stream);
    }
    return head.orElse(new Head(0, ""));
  }

  private Optional<Head> lock(Connection connection, String stream) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(lock)) {
      statement.setString(1, stream);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Head(row.getLong("last"), row.getString("hash")))
            : Optional.empty();
      }
    }
  }

  private void begin(Connection connection, String stream) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(begin)) {
      statement.setString(1, stream);
      statement.setString(2, stream.substring(0, stream.indexOf(':')));
      int unused = statement.executeUpdate();
    }
  }

  private Optional<Entry> written(Connection connection, String stream, long sequence, String token)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(find)) {
      statement.setString(1, stream);
      statement.setLong(2, sequence);
      statement.setString(3, token);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(StreamChain.entry(place, stream, sequence, row.getString("line")))
            : Optional.empty();
      }
    }
  }

  private void add(Connection connection, Entry entry, String token, String line)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(add)) {
      statement.setString(1, entry.stream());
      statement.setLong(2, entry.sequence());
      statement.setString(3, token);
      statement.setString(4, line);
      statement.setString(5, StreamChain.hash(line));
      int unused = statement.executeUpdate();
    }
  }

  private static String line(Entry entry, List<Lease> held, String streamPrev) {
    try {
      byte[] json = EntryForm.toBytes(EntryForm.write(entry, held, streamPrev));
      return new String(json, StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new JournalException(
          Kind.STORAGE,
          "entry "
              + entry.sequence()
              + " of "
              + entry.stream()
              + " cannot be written as JSON ("
              + e.getOriginalMessage()
              + ")",
          e);
    }
  }
}
