package nl.praatmetjeboekhouding.dirk;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.journal.Capabilities;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/** A journal whose disk is full whenever a test says so. */
final class FailingJournal implements Journal {

  private final Journal journal;
  private boolean failing;

  FailingJournal(Journal journal) {
    this.journal = journal;
  }

  void fail() {
    failing = true;
  }

  void mend() {
    failing = false;
  }

  @Override
  public Capabilities capabilities() {
    return journal.capabilities();
  }

  @Override
  public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
    check();
    return journal.append(stream, sequence, held, record);
  }

  @Override
  public List<Entry> read(String stream, long from) {
    return journal.read(stream, from);
  }

  @Override
  public List<Entry> heads(String kind) {
    return journal.heads(kind);
  }

  @Override
  public Lease acquire(String resource, String holder, String reason, Duration ttl) {
    check();
    return journal.acquire(resource, holder, reason, ttl);
  }

  @Override
  public Lease preempt(String resource, String holder, String reason, Duration ttl) {
    check();
    return journal.preempt(resource, holder, reason, ttl);
  }

  @Override
  public Lease renew(Lease lease, Duration ttl) {
    check();
    return journal.renew(lease, ttl);
  }

  @Override
  public void release(Lease lease) {
    check();
    journal.release(lease);
  }

  @Override
  public Optional<Lease> holder(String resource) {
    return journal.holder(resource);
  }

  @Override
  public Digest keep(InputStream content) {
    check();
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

  private void check() {
    if (failing) {
      throw new JournalException(JournalException.Kind.STORAGE, "the journal's disk is full.");
    }
  }
}
