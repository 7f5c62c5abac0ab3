package nl.praatmetjeboekhouding.dirk.testing;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Capabilities;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.EntryForm;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** A journal that lives as long as its object. Safe for use by several threads. */
public final class MemoryJournal implements Journal {

  private final TimeSource time;
  private final Map<String, List<Entry>> streams = new LinkedHashMap<>();
  private final IdentityHashMap<Entry, List<Lease>> guards = new IdentityHashMap<>();
  private final Map<String, Lease> leases = new HashMap<>();
  private final Map<String, Long> epochs = new HashMap<>();
  private final Map<Digest, byte[]> content = new HashMap<>();
  private boolean closed;

  private MemoryJournal(TimeSource time) {
    this.time = requireNonNull(time, "time");
  }

  /** An empty one. */
  public static MemoryJournal create(TimeSource time) {
    return new MemoryJournal(time);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(false, false, false, "memory");
  }

  @Override
  public synchronized Entry append(
      String stream, long sequence, List<Lease> held, JournalRecord record) {
    requireOpen();
    List<Entry> entries = streams.getOrDefault(stream, List.of());
    if (sequence != entries.size() + 1L) {
      throw new JournalException(
          Kind.SEQUENCE,
          stream + " goes on with entry " + (entries.size() + 1) + ", not " + sequence);
    }
    held.forEach(lease -> lease.requireHeld(isCurrent(lease), last(lease.resource())));
    Entry entry = new Entry(stream, sequence, time.instant(), record);
    streams.computeIfAbsent(stream, name -> new ArrayList<>()).add(entry);
    guards.put(entry, List.copyOf(held));
    return entry;
  }

  @Override
  public synchronized List<String> lines(String stream) {
    return EntryForm.chain(read(stream, 1), entry -> guards.getOrDefault(entry, List.of()));
  }

  @Override
  public synchronized List<Entry> read(String stream, long from) {
    requireOpen();
    if (from < 1) {
      throw new IllegalArgumentException("from must be at least 1: " + from);
    }
    return streams.getOrDefault(stream, List.of()).stream()
        .filter(entry -> entry.sequence() >= from)
        .toList();
  }

  @Override
  public synchronized List<Entry> heads(String kind) {
    requireOpen();
    return streams.entrySet().stream()
        .filter(stream -> stream.getKey().startsWith(kind + ":"))
        .map(stream -> stream.getValue().get(stream.getValue().size() - 1))
        .toList();
  }

  @Override
  public synchronized Lease acquire(String resource, String holder, String reason, Duration ttl) {
    requireOpen();
    requirePositive(ttl);
    Optional<Lease> other = holder(resource).filter(lease -> !lease.holder().equals(holder));
    if (other.isPresent()) {
      throw new JournalException(Kind.LEASED, other.get().account());
    }
    return preempt(resource, holder, reason, ttl);
  }

  @Override
  public synchronized Lease preempt(String resource, String holder, String reason, Duration ttl) {
    requireOpen();
    requirePositive(ttl);
    Instant now = time.instant();
    long epoch = epochs.merge(resource, 1L, Long::sum);
    Lease lease = new Lease(resource, epoch, holder, reason, now, now.plus(ttl));
    leases.put(resource, lease);
    return lease;
  }

  @Override
  public synchronized Lease renew(Lease lease, Duration ttl) {
    requireOpen();
    requirePositive(ttl);
    lease.requireHeld(isLast(lease), last(lease.resource()));
    Lease renewed = lease.endingAt(time.instant().plus(ttl));
    leases.put(lease.resource(), renewed);
    return renewed;
  }

  @Override
  public synchronized void release(Lease lease) {
    requireOpen();
    if (isCurrent(lease)) {
      leases.remove(lease.resource());
    }
  }

  @Override
  public synchronized Optional<Lease> holder(String resource) {
    requireOpen();
    return last(resource).filter(lease -> lease.until().isAfter(time.instant()));
  }

  @Override
  public synchronized Digest keep(InputStream stream) {
    requireOpen();
    try {
      byte[] bytes = stream.readAllBytes();
      Digest digest = Digest.of(bytes);
      content.put(digest, bytes);
      return digest;
    } catch (IOException e) {
      throw new JournalException(Kind.STORAGE, "content cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized Optional<InputStream> kept(Digest digest) {
    requireOpen();
    return Optional.ofNullable(content.get(digest)).map(ByteArrayInputStream::new);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private void requireOpen() {
    if (closed) {
      throw new JournalException(Kind.CLOSED, "the journal in memory was closed");
    }
  }

  private static void requirePositive(Duration ttl) {
    if (ttl.isNegative() || ttl.isZero()) {
      throw new IllegalArgumentException("ttl must be positive: " + ttl);
    }
  }

  private boolean isCurrent(Lease lease) {
    return isLast(lease) && holder(lease.resource()).isPresent();
  }

  private boolean isLast(Lease lease) {
    return last(lease.resource()).filter(last -> last.epoch() == lease.epoch()).isPresent();
  }

  private Optional<Lease> last(String resource) {
    return Optional.ofNullable(leases.get(resource));
  }
}
