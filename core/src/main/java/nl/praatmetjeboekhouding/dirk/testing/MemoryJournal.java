package nl.praatmetjeboekhouding.dirk.testing;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Capabilities;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** A journal that is forgotten with its process. Safe for use by several threads. */
public final class MemoryJournal implements Journal {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final TimeSource time;
  private final MemoryLeases leases;
  private final Map<String, List<Entry>> streams = new LinkedHashMap<>();
  private final Map<Digest, byte[]> contents = new HashMap<>();
  private boolean closed;

  private MemoryJournal(TimeSource time) {
    this.time = requireNonNull(time, "time");
    leases = new MemoryLeases(time);
  }

  /** An empty journal. */
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
    if (!stream.matches("[a-z][a-z-]*:\\S+")) {
      throw new IllegalArgumentException("stream must be KIND:NAME without spaces: " + stream);
    }
    held.forEach(leases::check);
    List<Entry> entries = streams.getOrDefault(stream, List.of());
    if (sequence != entries.size() + 1L) {
      throw new JournalException(
          Kind.SEQUENCE,
          "Entry %d of %s was to be written, but its next is %d; read the stream again."
              .formatted(sequence, stream, entries.size() + 1));
    }
    Entry entry = new Entry(stream, sequence, time.instant(), asStored(record));
    streams.computeIfAbsent(stream, name -> new ArrayList<>()).add(entry);
    return entry;
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
    return leases.acquire(resource, holder, reason, ttl);
  }

  @Override
  public synchronized Lease renew(Lease lease, Duration ttl) {
    requireOpen();
    return leases.renew(lease, ttl);
  }

  @Override
  public synchronized void release(Lease lease) {
    requireOpen();
    leases.release(lease);
  }

  @Override
  public synchronized Optional<Lease> holder(String resource) {
    requireOpen();
    return leases.holder(resource);
  }

  @Override
  public Digest keep(InputStream content) {
    byte[] bytes = bytes(content);
    Digest digest = Digest.of(bytes);
    synchronized (this) {
      requireOpen();
      contents.put(digest, bytes);
    }
    return digest;
  }

  @Override
  public synchronized Optional<InputStream> kept(Digest digest) {
    requireOpen();
    return Optional.ofNullable(contents.get(digest)).map(ByteArrayInputStream::new);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private void requireOpen() {
    if (closed) {
      throw new JournalException(Kind.CLOSED, "The journal in memory was closed.");
    }
  }

  private static byte[] bytes(InputStream content) {
    try {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new JournalException(
          Kind.STORAGE, "The content to be kept could not be read: " + e.getMessage(), e);
    }
  }

  private static JournalRecord asStored(JournalRecord record) {
    try {
      JsonNode data = JSON.readTree(JSON.writeValueAsBytes(record.data()));
      return new JournalRecord(record.type(), record.version(), data);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "data cannot be written as JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("what Jackson wrote, it can read", e);
    }
  }
}
