package nl.praatmetjeboekhouding.dirk.journal;

import static nl.praatmetjeboekhouding.dirk.journal.EntryForm.number;
import static nl.praatmetjeboekhouding.dirk.journal.EntryForm.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the lines of a journal's log come to: streams and leases. Knows how each line looks but the
 * entry's, which {@link EntryForm} knows. The entries of a stream are a chain of their own, so that
 * one stream's lines prove themselves without the rest of the log.
 */
final class LogState implements LogFile.Reader {

  private static final Set<String> KINDS = Set.of(EntryForm.KIND, "lease", "release");

  private final Map<String, List<Entry>> streams = new LinkedHashMap<>();
  private final Map<String, String> hashes = new HashMap<>();
  private final Map<String, Lease> leases = new HashMap<>();
  private final Map<String, Long> epochs = new HashMap<>();

  ObjectNode line(Entry entry, List<Lease> held) {
    return EntryForm.write(entry, held, lastHash(entry.stream()));
  }

  static ObjectNode line(Lease lease) {
    ObjectNode line = line("lease");
    line.put("resource", lease.resource());
    line.put("epoch", lease.epoch());
    line.put("holder", lease.holder());
    line.put("reason", lease.reason());
    line.put("since", lease.since().toString());
    line.put("until", lease.until().toString());
    return line;
  }

  static ObjectNode release(Lease lease) {
    return line("release").put("resource", lease.resource()).put("epoch", lease.epoch());
  }

  @Override
  public boolean knows(String kind) {
    return KINDS.contains(kind);
  }

  @Override
  public void read(JsonNode line, String hash) {
    switch (text(line, "line")) {
      case EntryForm.KIND -> add(line, hash);
      case "lease" -> {
        Lease lease = lease(line);
        leases.put(lease.resource(), lease);
        epochs.merge(lease.resource(), lease.epoch(), Math::max);
      }
      case "release" -> {
        long epoch = number(line, "epoch");
        leases.computeIfPresent(
            text(line, "resource"), (resource, lease) -> lease.epoch() == epoch ? null : lease);
      }
      default -> throw new IllegalArgumentException("line must be one of " + KINDS);
    }
  }

  List<Entry> stream(String name) {
    return streams.getOrDefault(name, List.of());
  }

  List<Entry> heads(String kind) {
    return streams.entrySet().stream()
        .filter(stream -> stream.getKey().startsWith(kind + ":"))
        .map(stream -> stream.getValue().get(stream.getValue().size() - 1))
        .toList();
  }

  Optional<Lease> holder(String resource, Instant now) {
    return last(resource).filter(lease -> lease.until().isAfter(now));
  }

  boolean isCurrent(Lease lease, Instant now) {
    return isLast(lease) && holder(lease.resource(), now).isPresent();
  }

  /** Refuses what is done under a lease that is lost. */
  void requireCurrent(Lease lease, Instant now) {
    lease.requireHeld(isCurrent(lease, now), last(lease.resource()));
  }

  /** Refuses what is done under a lease that was taken over or given back. */
  void requireLast(Lease lease) {
    lease.requireHeld(isLast(lease), last(lease.resource()));
  }

  private Optional<Lease> last(String resource) {
    return Optional.ofNullable(leases.get(resource));
  }

  /** Whether nobody took the lease over and it was not given back, though it may have run out. */
  private boolean isLast(Lease lease) {
    return last(lease.resource()).filter(last -> last.epoch() == lease.epoch()).isPresent();
  }

  long nextEpoch(String resource) {
    return epochs.getOrDefault(resource, 0L) + 1;
  }

  private void add(JsonNode line, String hash) {
    Entry entry = EntryForm.read(line);
    String stream = entry.stream();
    if (!EntryForm.streamPrev(line).equals(lastHash(stream))) {
      throw new IllegalArgumentException("streamPrev must be the hash of the entry before");
    }
    add(entry, hash);
  }

  /** Takes in an entry that was written just now; its line need not be read again. */
  void add(Entry entry, String hash) {
    String stream = entry.stream();
    long next = stream(stream).size() + 1L;
    if (entry.sequence() != next) {
      throw new IllegalArgumentException(stream + " goes on with entry " + next);
    }
    streams.computeIfAbsent(stream, name -> new ArrayList<>()).add(entry);
    hashes.put(stream, hash);
  }

  private String lastHash(String stream) {
    return hashes.getOrDefault(stream, "");
  }

  private static Lease lease(JsonNode line) {
    return new Lease(
        text(line, "resource"),
        number(line, "epoch"),
        text(line, "holder"),
        text(line, "reason"),
        Instant.parse(text(line, "since")),
        Instant.parse(text(line, "until")));
  }

  private static ObjectNode line(String kind) {
    return JsonNodeFactory.instance.objectNode().put("line", kind);
  }
}
