package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.crash;

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

/** A journal that tells of every boundary before and after what it writes for good. */
final class StoppingJournal implements Journal {

  private final Journal journal;
  private final Consumer<String> boundaries;

  StoppingJournal(Journal journal, Consumer<String> boundaries) {
    this.journal = journal;
    this.boundaries = boundaries;
  }

  @Override
  public Capabilities capabilities() {
    return journal.capabilities();
  }

  @Override
  public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
    String step = record.data().path("step").asText();
    return bounded(
        "entry " + sequence + " (" + record.type() + (step.isEmpty() ? "" : " " + step) + ")",
        () -> journal.append(stream, sequence, held, record));
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
    return bounded(
        "taking the lease of " + resource, () -> journal.acquire(resource, holder, reason, ttl));
  }

  @Override
  public Lease preempt(String resource, String holder, String reason, Duration ttl) {
    return bounded(
        "taking the lease of " + resource + " from its holder",
        () -> journal.preempt(resource, holder, reason, ttl));
  }

  @Override
  public Lease renew(Lease lease, Duration ttl) {
    return journal.renew(lease, ttl);
  }

  @Override
  public void release(Lease lease) {
    String unused =
        bounded(
            "giving back the lease of " + lease.resource(),
            () -> {
              journal.release(lease);
              return "";
            });
  }

  @Override
  public Optional<Lease> holder(String resource) {
    return journal.holder(resource);
  }

  @Override
  public Digest keep(InputStream content) {
    return bounded("keeping content", () -> journal.keep(content));
  }

  @Override
  public Optional<InputStream> kept(Digest digest) {
    return journal.kept(digest);
  }

  @Override
  public void close() {
    journal.close();
  }

  private <T> T bounded(String what, Supplier<T> write) {
    boundaries.accept("before " + what);
    T written = write.get();
    boundaries.accept("after " + what);
    return written;
  }
}
