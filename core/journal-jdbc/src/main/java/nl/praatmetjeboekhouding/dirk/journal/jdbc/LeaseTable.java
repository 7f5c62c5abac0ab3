package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.journal.jdbc.JournalClock.Moment;

/**
 * A row for each resource that was ever leased, with its last epoch. What a holder is told is in
 * terms of his own clock and never longer than what the clock that counts gives him.
 */
final class LeaseTable {

  private final String place;
  private final String select;
  private final String selectToChange;
  private final String selectToRelyOn;
  private final String insert;
  private final String update;
  private final String release;

  LeaseTable(Schema schema, String place) {
    this.place = place;
    String columns =
        "SELECT resource, epoch, held, holder, reason, since, until, ends FROM @lease ";
    select = schema.sql(columns + "WHERE resource = ?");
    selectToChange = schema.sql(columns + "WHERE resource = ? FOR UPDATE");
    selectToRelyOn = schema.sql(columns + "WHERE resource = ANY (?) ORDER BY resource FOR SHARE");
    insert =
        schema.sql(
            "INSERT INTO @lease (epoch, holder, reason, since, until, ends, resource, held)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, true) ON CONFLICT DO NOTHING");
    update =
        schema.sql(
            "UPDATE @lease SET epoch = ?, holder = ?, reason = ?, since = ?, until = ?, ends = ?,"
                + " held = true WHERE resource = ?");
    release = schema.sql("UPDATE @lease SET held = false WHERE resource = ?");
  }

  /**
   * What stands in a row.
   *
   * @param lease the last one of the resource
   * @param held false once it was given back
   * @param ends when it runs out, by the clock that counts
   */
  record Row(Lease lease, boolean held, Instant ends) {

    /**
     * Whether nobody took this lease over and it was not given back, though it may have run out.
     */
    boolean isLast(Lease other) {
      return held && lease.epoch() == other.epoch();
    }

    boolean isHeld(Instant now) {
      return held && ends.isAfter(now);
    }

    Optional<Lease> notGivenBack() {
      return held ? Optional.of(lease) : Optional.empty();
    }
  }

  /**
   * Takes a lease.
   *
   * @param preempting whether also from a holder whose time has not run out
   */
  Lease acquire(
      Connection connection,
      JournalClock clock,
      String resource,
      String holder,
      String reason,
      Duration ttl,
      boolean preempting)
      throws SQLException {
    while (true) {
      Optional<Row> row = row(connection, selectToChange, resource);
      Moment now = clock.now(connection);
      if (!preempting
          && row.isPresent()
          && row.get().isHeld(now.counted())
          && !row.get().lease().holder().equals(holder)) {
        throw new JournalException(Kind.LEASED, row.get().lease().account());
      }
      long epoch = row.map(last -> last.lease().epoch()).orElse(0L) + 1;
      Lease lease = new Lease(resource, epoch, holder, reason, now.here(), now.here().plus(ttl));
      Instant ends = now.counted().plus(ttl);
      // nothing is inserted if somebody was faster: then there is a row to lock
      if (write(connection, row.isPresent() ? update : insert, lease, ends)) {
        return lease;
      }
    }
  }

  Lease renew(Connection connection, JournalClock clock, Lease lease, Duration ttl)
      throws SQLException {
    Optional<Row> row = row(connection, selectToChange, lease.resource());
    lease.requireHeld(row.isPresent() && row.get().isLast(lease), row.flatMap(Row::notGivenBack));
    Moment now = clock.now(connection);
    Lease renewed = lease.endingAt(now.here().plus(ttl));
    boolean unused = write(connection, update, renewed, now.counted().plus(ttl));
    return renewed;
  }

  /** Whether it was still to be given back. */
  boolean release(Connection connection, JournalClock clock, Lease lease) throws SQLException {
    Optional<Row> row = row(connection, selectToChange, lease.resource());
    if (row.isEmpty()
        || !row.get().isLast(lease)
        || !row.get().isHeld(clock.now(connection).counted())) {
      return false;
    }
    try (PreparedStatement statement = connection.prepareStatement(release)) {
      statement.setString(1, lease.resource());
      return statement.executeUpdate() == 1;
    }
  }

  Optional<Lease> holder(Connection connection, JournalClock clock, String resource)
      throws SQLException {
    Optional<Row> row = row(connection, select, resource);
    Instant now = clock.now(connection).counted();
    return row.filter(last -> last.isHeld(now)).map(Row::lease);
  }

  /**
   * The rows of these leases, locked so that nobody takes one over before the transaction ends; in
   * sorted order, so that two transactions never wait for each other.
   */
  Map<String, Row> lock(Connection connection, List<Lease> leases) throws SQLException {
    Map<String, Row> rows = new HashMap<>();
    if (leases.isEmpty()) {
      return rows;
    }
    Array resources =
        connection.createArrayOf("text", leases.stream().map(Lease::resource).toArray());
    try (PreparedStatement statement = connection.prepareStatement(selectToRelyOn)) {
      statement.setArray(1, resources);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows.put(found.getString("resource"), row(found));
        }
      }
    }
    return rows;
  }

  /**
   * Refuses what its writer no longer holds.
   *
   * @throws JournalException with STALE_EPOCH
   */
  static void requireHeld(Lease lease, Map<String, Row> rows, Instant now) {
    Optional<Row> row = Optional.ofNullable(rows.get(lease.resource()));
    lease.requireHeld(
        row.isPresent() && row.get().isLast(lease) && row.get().isHeld(now),
        row.flatMap(Row::notGivenBack));
  }

  private static boolean write(Connection connection, String sql, Lease lease, Instant ends)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, lease.epoch());
      statement.setString(2, lease.holder());
      statement.setString(3, lease.reason());
      statement.setString(4, lease.since().toString());
      statement.setString(5, lease.until().toString());
      statement.setString(6, ends.toString());
      statement.setString(7, lease.resource());
      return statement.executeUpdate() == 1;
    }
  }

  private Optional<Row> row(Connection connection, String sql, String resource)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, resource);
      try (ResultSet found = statement.executeQuery()) {
        return found.next() ? Optional.of(row(found)) : Optional.empty();
      }
    }
  }

  private Row row(ResultSet found) throws SQLException {
    String resource = found.getString("resource");
    try {
      Lease lease =
          new Lease(
              resource,
              found.getLong("epoch"),
              found.getString("holder"),
              found.getString("reason"),
              Instant.parse(found.getString("since")),
              Instant.parse(found.getString("until")));
      return new Row(lease, found.getBoolean("held"), Instant.parse(found.getString("ends")));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new JournalException(
          Kind.CORRUPT,
          place
              + ": the row of "
              + resource
              + " in the table lease makes no sense ("
              + e.getMessage()
              + "). Nothing was changed now. Mend the row, or restore the database from a backup.",
          e);
    }
  }
}
