package nl.praatmetjeboekhouding.dirk.proof.runs;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingJournal;

/** A journal that tells of every boundary before and after what it writes for good. */
final class StoppingJournal extends ForwardingJournal {

  private final Consumer<String> boundaries;

  StoppingJournal(Journal journal, Consumer<String> boundaries) {
    super(journal);
    this.boundaries = boundaries;
  }

  @Override
  public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
    String step = record.data().path("step").asText();
    return bounded(
        "entry " + sequence + " (" + record.type() + (step.isEmpty() ? "" : " " + step) + ")",
        () -> super.append(stream, sequence, held, record));
  }

  @Override
  public Lease acquire(String resource, String holder, String reason, Duration ttl) {
    return bounded(
        "taking the lease of " + resource, () -> super.acquire(resource, holder, reason, ttl));
  }

  @Override
  public Lease preempt(String resource, String holder, String reason, Duration ttl) {
    return bounded(
        "taking the lease of " + resource + " from its holder",
        () -> super.preempt(resource, holder, reason, ttl));
  }

  @Override
  public void release(Lease lease) {
    String unused =
        bounded(
            "giving back the lease of " + lease.resource(),
            () -> {
              super.release(lease);
              return "";
            });
  }

  @Override
  public Digest keep(InputStream content) {
    return bounded("keeping content", () -> super.keep(content));
  }

  private <T> T bounded(String what, Supplier<T> write) {
    boundaries.accept("before " + what);
    T written = write.get();
    boundaries.accept("after " + what);
    return written;
  }
}
