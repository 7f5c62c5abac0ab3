package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.journal.Capabilities;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.testkit.simulation.Point.Place;

/** The journal as one process has it, which outlives the process. */
final class ProcessJournal implements Journal {

  private final SimulatedProcess process;
  private final Journal journal;

  ProcessJournal(SimulatedProcess process, Journal journal) {
    this.process = process;
    this.journal = journal;
  }

  @Override
  public Capabilities capabilities() {
    return journal.capabilities();
  }

  @Override
  public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
    int nth = process.enter(Place.ENTRY, false);
    Entry entry = journal.append(stream, sequence, held, record);
    process.wrote(stream, held);
    process.leave(Place.ENTRY, false, nth);
    return entry;
  }

  @Override
  public List<Entry> read(String stream, long from) {
    process.requireAlive();
    return journal.read(stream, from);
  }

  @Override
  public List<Entry> heads(String kind) {
    process.requireAlive();
    return journal.heads(kind);
  }

  @Override
  public Lease acquire(String resource, String holder, String reason, Duration ttl) {
    int nth = process.enter(Place.LEASE, false);
    Lease lease = journal.acquire(resource, holder, reason, ttl);
    process.leave(Place.LEASE, false, nth);
    return lease;
  }

  @Override
  public Lease preempt(String resource, String holder, String reason, Duration ttl) {
    int nth = process.enter(Place.LEASE, false);
    Lease lease = journal.preempt(resource, holder, reason, ttl);
    process.leave(Place.LEASE, false, nth);
    return lease;
  }

  @Override
  public Lease renew(Lease lease, Duration ttl) {
    process.requireAlive();
    return journal.renew(lease, ttl);
  }

  @Override
  public void release(Lease lease) {
    int nth = process.enter(Place.LEASE, false);
    journal.release(lease);
    process.leave(Place.LEASE, false, nth);
  }

  @Override
  public Optional<Lease> holder(String resource) {
    process.requireAlive();
    return journal.holder(resource);
  }

  @Override
  public Digest keep(InputStream content) {
    process.requireAlive();
    return journal.keep(content);
  }

  @Override
  public Optional<InputStream> kept(Digest digest) {
    process.requireAlive();
    return journal.kept(digest);
  }

  @Override
  public void close() {}
}
