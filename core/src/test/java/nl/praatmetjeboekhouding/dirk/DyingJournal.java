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

/** The journal of a process that dies: after so many entries nothing of it arrives any more. */
final class DyingJournal implements Journal {

  private final Journal journal;
  private int left;

  /**
   * @param entries how many it still writes
   */
  DyingJournal(Journal journal, int entries) {
    this.journal = journal;
    this.left = entries;
  }

  /** Whether it came to that. */
  boolean isDead() {
    return left < 0;
  }

  @Override
  public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
    left--;
    check();
    return journal.append(stream, sequence, held, record);
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
  public Digest keep(InputStream content) {
    check();
    return journal.keep(content);
  }

  private void check() {
    if (isDead()) {
      throw new JournalException(JournalException.Kind.STORAGE, "the process is dead.");
    }
  }

  @Override
  public Capabilities capabilities() {
    return journal.capabilities();
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
  public Optional<Lease> holder(String resource) {
    return journal.holder(resource);
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
