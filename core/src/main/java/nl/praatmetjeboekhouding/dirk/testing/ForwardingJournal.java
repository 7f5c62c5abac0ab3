package nl.praatmetjeboekhouding.dirk.testing;

import static java.util.Objects.requireNonNull;

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

/**
 * Hands every call on to another journal, for fakes that differ in one. What is kept together is
 * kept one by one here, so that a fake that differs in {@link #keep} differs in that too.
 */
public class ForwardingJournal implements Journal {

  private final Journal journal;

  /** A journal that does what {@code journal} does. */
  public ForwardingJournal(Journal journal) {
    this.journal = requireNonNull(journal, "journal");
  }

  @Override
  public Capabilities capabilities() {
    return journal.capabilities();
  }

  @Override
  public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
    return journal.append(stream, sequence, held, record);
  }

  @Override
  public List<Entry> read(String stream, long from) {
    return journal.read(stream, from);
  }

  @Override
  public List<String> lines(String stream) {
    return journal.lines(stream);
  }

  @Override
  public List<Entry> heads(String kind) {
    return journal.heads(kind);
  }

  @Override
  public Lease acquire(String resource, String holder, String reason, Duration ttl) {
    return journal.acquire(resource, holder, reason, ttl);
  }

  @Override
  public Lease preempt(String resource, String holder, String reason, Duration ttl) {
    return journal.preempt(resource, holder, reason, ttl);
  }

  @Override
  public Lease renew(Lease lease, Duration ttl) {
    return journal.renew(lease, ttl);
  }

  @Override
  public void release(Lease lease) {
    journal.release(lease);
  }

  @Override
  public Optional<Lease> holder(String resource) {
    return journal.holder(resource);
  }

  @Override
  public Digest keep(InputStream content) {
    return journal.keep(content);
  }

  @Override
  public Optional<InputStream> kept(Digest digest) {
    return journal.kept(digest);
  }

  @Override
  public void close() {
    journal.close();
  }
}
