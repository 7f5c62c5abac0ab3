package nl.praatmetjeboekhouding.dirk.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.praatmetjeboekhouding.dirk.journal.Line.Change;
import nl.praatmetjeboekhouding.dirk.journal.Line.Claim;
import nl.praatmetjeboekhouding.dirk.journal.Line.LeaseChange;
import nl.praatmetjeboekhouding.dirk.journal.Line.Opening;
import nl.praatmetjeboekhouding.dirk.journal.Line.Written;

/** The one place that knows how lines look in JSON. */
final class LineFormat {

  static final int VERSION = 1;

  private static final String FORMAT = "dirk-journal";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private LineFormat() {}

  static ObjectNode write(Line line) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (line instanceof Written written) {
      writeEntry(json, written);
    } else if (line instanceof LeaseChange change) {
      writeLease(json, change);
    } else if (line instanceof Opening opening) {
      json.put("format", FORMAT).put("version", opening.version());
    }
    return json;
  }

  static byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "data cannot be written as JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The record as it will be read back: numbers of JSON have no Java types. */
  static JournalRecord asStored(JournalRecord record) {
    return new JournalRecord(record.type(), record.version(), parse(bytes(record.data())));
  }

  /** The JSON of a line that passed its checksum. */
  static JsonNode parse(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("it is not JSON", e);
    }
  }

  /** What the line says; fails with IllegalArgumentException if this cannot be a line. */
  static Line read(JsonNode json) {
    if (json.has("format")) {
      return readOpening(json);
    }
    return json.has("stream") ? readEntry(json) : readLease(json);
  }

  private static void writeEntry(ObjectNode json, Written written) {
    Entry entry = written.entry();
    json.put("stream", entry.stream())
        .put("sequence", entry.sequence())
        .put("at", entry.at().toString())
        .put("type", entry.record().type())
        .put("version", entry.record().version());
    ArrayNode held = json.putArray("held");
    for (Claim claim : written.held()) {
      held.addObject().put("resource", claim.resource()).put("epoch", claim.epoch());
    }
    json.set("data", entry.record().data());
  }

  private static void writeLease(ObjectNode json, LeaseChange change) {
    Lease lease = change.lease();
    json.put("lease", change.change().name().toLowerCase(Locale.ROOT))
        .put("at", change.at().toString())
        .put("resource", lease.resource())
        .put("epoch", lease.epoch())
        .put("holder", lease.holder())
        .put("reason", lease.reason())
        .put("since", lease.since().toString())
        .put("until", lease.until().toString())
        .put("process", change.process());
  }

  private static Opening readOpening(JsonNode json) {
    if (!text(json, "format").equals(FORMAT)) {
      throw new IllegalArgumentException("it is not a journal of Dirk");
    }
    return new Opening(Math.toIntExact(number(json, "version")));
  }

  private static Written readEntry(JsonNode json) {
    JournalRecord record =
        new JournalRecord(
            text(json, "type"), Math.toIntExact(number(json, "version")), json.path("data"));
    List<Claim> held = new ArrayList<>();
    for (JsonNode claim : json.path("held")) {
      held.add(new Claim(text(claim, "resource"), number(claim, "epoch")));
    }
    return new Written(
        new Entry(text(json, "stream"), number(json, "sequence"), instant(json, "at"), record),
        List.copyOf(held));
  }

  private static LeaseChange readLease(JsonNode json) {
    Lease lease =
        new Lease(
            text(json, "resource"),
            number(json, "epoch"),
            text(json, "holder"),
            text(json, "reason"),
            instant(json, "since"),
            instant(json, "until"));
    return new LeaseChange(
        Change.valueOf(text(json, "lease").toUpperCase(Locale.ROOT)),
        lease,
        instant(json, "at"),
        text(json, "process"));
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value.textValue();
  }

  private static long number(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value.longValue();
  }

  private static Instant instant(JsonNode json, String name) {
    try {
      return Instant.parse(text(json, name));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(name + " is not a moment", e);
    }
  }
}
