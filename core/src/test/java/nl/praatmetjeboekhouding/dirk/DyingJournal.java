package nl.praatmetjeboekhouding.dirk;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingJournal;

/** The journal of a process that dies: after so many entries nothing of it arrives any more. */
final class DyingJournal extends ForwardingJournal {

  private int left;

  /**
   * @param entries how many it still writes
   */
  DyingJournal(Journal journal, int entries) {
    super(journal);
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
    return super.append(stream, sequence, held, record);
  }

  @Override
  public Lease acquire(String resource, String holder, String reason, Duration ttl) {
    check();
    return super.acquire(resource, holder, reason, ttl);
  }

  @Override
  public Lease preempt(String resource, String holder, String reason, Duration ttl) {
    check();
    return super.preempt(resource, holder, reason, ttl);
  }

  @Override
  public Lease renew(Lease lease, Duration ttl) {
    check();
    return super.renew(lease, ttl);
  }

  @Override
  public void release(Lease lease) {
    check();
    super.release(lease);
  }

  @Override
  public Digest keep(InputStream content) {
    check();
    return super.keep(content);
  }

  private void check() {
    if (isDead()) {
      throw new JournalException(JournalException.Kind.STORAGE, "the process is dead.");
    }
  }
}
