package nl.praatmetjeboekhouding.dirk.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the lines of a journal's log come to: streams and leases. Knows how each line looks. */
final class LogState {

  private final Map<String, List<Entry>> streams = new LinkedHashMap<>();
  private final Map<String, Lease> leases = new HashMap<>();
  private final Map<String, Long> epochs = new HashMap<>();

  static ObjectNode line(Entry entry, List<Lease> held) {
    ObjectNode line = line("entry");
    line.put("stream", entry.stream());
    line.put("sequence", entry.sequence());
    line.put("at", entry.at().toString());
    line.put("type", entry.record().type());
    line.put("version", entry.record().version());
    line.set("data", entry.record().data());
    ArrayNode leases = line.putArray("held");
    held.forEach(lease -> leases.add(lease.resource() + "@" + lease.epoch()));
    return line;
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

  void read(JsonNode line) {
    switch (line.path("line").asText()) {
      case "entry" -> add(entry(line));
      case "lease" -> {
        Lease lease = lease(line);
        leases.put(lease.resource(), lease);
        epochs.merge(lease.resource(), lease.epoch(), Math::max);
      }
      case "release" ->
          leases.computeIfPresent(
              line.path("resource").asText(),
              (resource, lease) -> lease.epoch() == line.path("epoch").asLong() ? null : lease);
      default -> {
        // a line of a kind that a later version writes says nothing to this one
      }
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
    return Optional.ofNullable(leases.get(resource)).filter(lease -> lease.until().isAfter(now));
  }

  boolean isCurrent(Lease lease, Instant now) {
    return isLast(lease) && holder(lease.resource(), now).isPresent();
  }

  /** Whether nobody took the lease over and it was not given back, though it may have run out. */
  boolean isLast(Lease lease) {
    Lease last = leases.get(lease.resource());
    return last != null && last.epoch() == lease.epoch();
  }

  long nextEpoch(String resource) {
    return epochs.getOrDefault(resource, 0L) + 1;
  }

  private void add(Entry entry) {
    streams.computeIfAbsent(entry.stream(), name -> new ArrayList<>()).add(entry);
  }

  private static Entry entry(JsonNode line) {
    return new Entry(
        line.path("stream").asText(),
        line.path("sequence").asLong(),
        Instant.parse(line.path("at").asText()),
        new JournalRecord(
            line.path("type").asText(), line.path("version").asInt(), line.path("data")));
  }

  private static Lease lease(JsonNode line) {
    return new Lease(
        line.path("resource").asText(),
        line.path("epoch").asLong(),
        line.path("holder").asText(),
        line.path("reason").asText(),
        Instant.parse(line.path("since").asText()),
        Instant.parse(line.path("until").asText()));
  }

  private static ObjectNode line(String kind) {
    return JsonNodeFactory.instance.objectNode().put("line", kind);
  }
}
