package nl.praatmetjeboekhouding.dirk.testkit;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.journal.Capabilities;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * A journal as one simulated process has it: before and after all that it writes there is a
 * boundary. Renewals of leases are none: they come when time says so, and change nothing that a
 * later process sees.
 */
final class MortalJournal implements Journal {

  private final Journal journal;
  private final Lifetime life;
  private final Consumer<Lease> leased;

  /**
   * @param leased hears of leases that were taken or renewed
   */
  MortalJournal(Journal journal, Lifetime life, Consumer<Lease> leased) {
    this.journal = journal;
    this.life = life;
    this.leased = leased;
  }

  @Override
  public Capabilities capabilities() {
    return journal.capabilities();
  }

  @Override
  public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
    String step = record.data().path("step").asText();
    return bounded(
        "the journal's entry " + sequence + " (" + record.type() + suffix(step) + ")",
        () -> journal.append(stream, sequence, held, record));
  }

  @Override
  public List<Entry> read(String stream, long from) {
    life.requireAlive();
    return journal.read(stream, from);
  }

  @Override
  public List<Entry> heads(String kind) {
    life.requireAlive();
    return journal.heads(kind);
  }

  @Override
  public Lease acquire(String resource, String holder, String reason, Duration ttl) {
    return bounded(
        "the lease of " + resource + " was taken",
        () -> {
          Lease lease = journal.acquire(resource, holder, reason, ttl);
          leased.accept(lease);
          return lease;
        });
  }

  @Override
  public Lease preempt(String resource, String holder, String reason, Duration ttl) {
    return bounded(
        "the lease of " + resource + " was taken from its holder",
        () -> {
          Lease lease = journal.preempt(resource, holder, reason, ttl);
          leased.accept(lease);
          return lease;
        });
  }

  @Override
  public Lease renew(Lease lease, Duration ttl) {
    life.requireAlive();
    Lease renewed = journal.renew(lease, ttl);
    leased.accept(renewed);
    return renewed;
  }

  @Override
  public void release(Lease lease) {
    String unused =
        bounded(
            "the lease of " + lease.resource() + " was given back",
            () -> {
              journal.release(lease);
              return "";
            });
  }

  @Override
  public Optional<Lease> holder(String resource) {
    life.requireAlive();
    return journal.holder(resource);
  }

  @Override
  public Digest keep(InputStream content) {
    return bounded("content was kept", () -> journal.keep(content));
  }

  @Override
  public Optional<InputStream> kept(Digest digest) {
    life.requireAlive();
    return journal.kept(digest);
  }

  /** The journal outlives its processes. */
  @Override
  public void close() {}

  private <T> T bounded(String what, Supplier<T> write) {
    life.reach("before " + what);
    T written = write.get();
    life.reach("after " + what);
    return written;
  }

  private static String suffix(String step) {
    return step.isEmpty() ? "" : " '" + step + "'";
  }
}
