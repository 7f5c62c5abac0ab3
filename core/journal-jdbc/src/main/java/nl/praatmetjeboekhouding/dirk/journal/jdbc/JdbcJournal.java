package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Capabilities;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * A journal in a schema of a PostgreSQL database, shared by any number of machines.
 *
 * <p>Connections come from the embedder's data source, one for the length of each call; the journal
 * keeps none, starts no thread and brings no driver. Each call is one transaction: an append locks
 * its leases' rows and its stream's, so that whoever takes a lease over waits for it, and is
 * refused if one of them was lost. Every transaction that writes makes sure that the server keeps
 * what it acknowledges. A connection that is lost in the middle of a call is replaced for about ten
 * seconds; the append finds out then whether it took effect already. An interrupt that ends a
 * pool's waiting, or a virtual thread's connection, does no harm for the same reason.
 */
public final class JdbcJournal implements Journal {

  /** Who says what time it is when leases are taken and entries are stamped. */
  public enum Clock {
    /** The database server: machines whose clocks disagree agree about leases. */
    DATABASE,
    /** The time source that the journal was given: for tests, whose time is manual. */
    GIVEN
  }

  private final Database database;
  private final JournalClock clock;
  private final StreamTable streams;
  private final LeaseTable leases;
  private final ContentTable content;
  private volatile boolean closed;

  private JdbcJournal(Database database, JournalClock clock, Schema schema) {
    this.database = database;
    this.clock = clock;
    this.leases = new LeaseTable(schema, database.place());
    this.streams = new StreamTable(schema, database.place(), leases);
    this.content = new ContentTable(schema, database.place());
  }

  /**
   * Opens the journal in the schema {@code dirk}, which is made if it is not there.
   *
   * @param dataSource gives plain connections, none that takes part in a transaction of somebody
   *     else
   * @param time the machine's time. The database's clock counts where several machines compare
   *     times ({@link Clock#DATABASE}) if this is {@link TimeSource#system()}; any other is taken
   *     at its word ({@link Clock#GIVEN})
   * @throws JournalException with STORAGE if the database cannot be used, or would not keep what it
   *     acknowledges; with CORRUPT if a newer Dirk wrote it
   */
  public static JdbcJournal open(DataSource dataSource, TimeSource time) {
    return with(dataSource, time).open();
  }

  /** Starts the opening of a journal; the parameters are those of {@link #open}. */
  public static Builder with(DataSource dataSource, TimeSource time) {
    return new Builder(dataSource, time);
  }

  /** Says how a journal is opened. Not thread-safe. */
  public static final class Builder {

    private final DataSource dataSource;
    private final TimeSource time;
    private Schema schema = new Schema("dirk");
    private Clock clock;

    private Builder(DataSource dataSource, TimeSource time) {
      this.dataSource = requireNonNull(dataSource, "dataSource");
      this.time = requireNonNull(time, "time");
      this.clock = time == TimeSource.system() ? Clock.DATABASE : Clock.GIVEN;
    }

    /**
     * The schema that it lives in, {@code dirk} unless this is called.
     *
     * @param name lower-case letters, digits and underscores; at most 63
     */
    public Builder schema(String name) {
      schema = new Schema(name);
      return this;
    }

    /** Whose clock counts; all who share a journal must say the same. */
    public Builder clock(Clock counts) {
      clock = requireNonNull(counts, "counts");
      return this;
    }

    /**
     * Opens it.
     *
     * @throws JournalException as {@link JdbcJournal#open} does
     */
    public JdbcJournal open() {
      JournalClock counts = new JournalClock(clock, time);
      Database database = Opening.open(dataSource, time, schema, counts);
      return new JdbcJournal(database, counts, schema);
    }
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, true, database.place());
  }

  @Override
  public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
    requireOpen();
    // checks stream and record; a number below 1 is the wrong number, not nonsense
    Entry wanted = new Entry(stream, Math.max(1, sequence), Instant.EPOCH, record);
    Texts.requireKey(stream, "stream");
    List<Lease> guards = List.copyOf(held);
    String token = UUID.randomUUID().toString();
    return database.write(
        "append entry " + sequence + " to " + stream,
        connection -> streams.append(connection, clock, wanted, sequence, guards, token));
  }

  @Override
  public List<Entry> read(String stream, long from) {
    requireOpen();
    if (from < 1) {
      throw new IllegalArgumentException("from must be at least 1: " + from);
    }
    Texts.requireKey(stream, "stream");
    return database.read("read " + stream, connection -> streams.read(connection, stream, from));
  }

  @Override
  public List<String> lines(String stream) {
    requireOpen();
    Texts.requireKey(stream, "stream");
    return database.read("read " + stream, connection -> streams.lines(connection, stream));
  }

  @Override
  public List<Entry> heads(String kind) {
    requireOpen();
    Texts.requireKey(kind, "kind");
    return database.read(
        "read the heads of " + kind, connection -> streams.heads(connection, kind));
  }

  @Override
  public Lease acquire(String resource, String holder, String reason, Duration ttl) {
    return take(resource, holder, reason, ttl, false);
  }

  @Override
  public Lease preempt(String resource, String holder, String reason, Duration ttl) {
    return take(resource, holder, reason, ttl, true);
  }

  private Lease take(
      String resource, String holder, String reason, Duration ttl, boolean preempting) {
    requireOpen();
    requirePositive(ttl);
    Texts.requireKey(resource, "resource");
    Texts.requireStorable(holder, "holder");
    Texts.requireStorable(reason, "reason");
    return database.write(
        "take the lease of " + resource,
        connection -> {
          clock.requireAgreement(connection, database.place());
          return leases.acquire(connection, clock, resource, holder, reason, ttl, preempting);
        });
  }

  @Override
  public Lease renew(Lease lease, Duration ttl) {
    requireOpen();
    requirePositive(ttl);
    Texts.requireKey(lease.resource(), "resource");
    return database.write(
        "prolong the lease of " + lease.resource(),
        connection -> leases.renew(connection, clock, lease, ttl));
  }

  @Override
  public void release(Lease lease) {
    requireOpen();
    Texts.requireKey(lease.resource(), "resource");
    boolean unused =
        database.write(
            "give back the lease of " + lease.resource(),
            connection -> leases.release(connection, clock, lease));
  }

  @Override
  public Optional<Lease> holder(String resource) {
    requireOpen();
    Texts.requireKey(resource, "resource");
    return database.read(
        "look who holds " + resource, connection -> leases.holder(connection, clock, resource));
  }

  @Override
  public Digest keep(InputStream stream) {
    requireOpen();
    requireNonNull(stream, "stream");
    return uninterrupted(
        () -> {
          try (Spool spool = Spool.of(stream)) {
            return database.write("keep content", connection -> content.keep(connection, spool));
          }
        });
  }

  @Override
  public Optional<InputStream> kept(Digest digest) {
    requireOpen();
    requireNonNull(digest, "digest");
    return uninterrupted(
        () -> {
          Optional<Spool> spool =
              database.read(
                  "read content " + digest, connection -> content.kept(connection, digest));
          return spool.isEmpty() ? Optional.empty() : Optional.of(spool.get().openOnce());
        });
  }

  @Override
  public void close() {
    closed = true;
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  /** Works as if nobody had interrupted the thread, and hands the interrupt on afterwards. */
  private <T> T uninterrupted(Work<T> work) {
    boolean interrupted = Thread.interrupted();
    try {
      return work.run();
    } catch (IOException e) {
      throw new JournalException(
          Kind.STORAGE,
          "content for the journal in "
              + database.place()
              + " cannot be read, or lies in a temporary folder that cannot be used ("
              + e.getMessage()
              + "): nothing was kept",
          e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new JournalException(Kind.CLOSED, "the journal in " + database.place() + " was closed");
    }
  }

  private static void requirePositive(Duration ttl) {
    if (ttl.isNegative() || ttl.isZero()) {
      throw new IllegalArgumentException("ttl must be positive: " + ttl);
    }
  }
}
