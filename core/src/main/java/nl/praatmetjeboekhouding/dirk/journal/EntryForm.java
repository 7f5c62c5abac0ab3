package nl.praatmetjeboekhouding.dirk.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * How an entry is written, the same in every journal, so that the entries of a stream prove
 * themselves wherever they lie: each names, as {@code streamPrev}, the SHA-256 of the JSON before
 * it. For those who write journals.
 */
public final class EntryForm {

  /** What an entry's JSON says that it is, as its {@code line}. */
  public static final String KIND = "entry";

  /** Numbers come back as they were written, {@code 0.10} not as {@code 0.1}. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private EntryForm() {}

  /**
   * An entry as JSON.
   *
   * @param held the leases that its writer relied on
   * @param streamPrev the SHA-256 of the JSON of its stream's entry before it, in lower-case
   *     hexadecimal digits; empty for the first
   */
  public static ObjectNode write(Entry entry, List<Lease> held, String streamPrev) {
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("line", KIND);
    line.put("stream", entry.stream());
    line.put("sequence", entry.sequence());
    line.put("at", entry.at().toString());
    line.put("type", entry.record().type());
    line.put("version", entry.record().version());
    line.set("data", entry.record().data());
    ArrayNode guards = line.putArray("held");
    held.forEach(lease -> guards.add(lease.resource() + "@" + lease.epoch()));
    line.put("streamPrev", streamPrev);
    return line;
  }

  /**
   * The lines of a stream's entries, from its first on.
   *
   * @param held the leases that the writer of an entry relied on
   */
  public static List<String> chain(List<Entry> entries, Function<Entry, List<Lease>> held) {
    List<String> lines = new ArrayList<>();
    String previous = "";
    for (Entry entry : entries) {
      try {
        byte[] json = toBytes(write(entry, held.apply(entry), previous));
        previous = Digest.of(json).hex();
        lines.add(new String(json, StandardCharsets.UTF_8));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("an entry holds what is no JSON: " + entry, e);
      }
    }
    return lines;
  }

  /**
   * The entry that was written so.
   *
   * @throws IllegalArgumentException if the JSON makes no sense
   * @throws java.time.DateTimeException if its time makes none
   */
  public static Entry read(JsonNode line) {
    return new Entry(
        text(line, "stream"),
        number(line, "sequence"),
        Instant.parse(text(line, "at")),
        new JournalRecord(text(line, "type"), version(line), line.path("data")));
  }

  /**
   * The hash of the entry before it, or empty for the first.
   *
   * @throws IllegalArgumentException if the JSON does not say
   */
  public static String streamPrev(JsonNode line) {
    return text(line, "streamPrev");
  }

  /**
   * JSON as it is written and hashed.
   *
   * @throws JsonProcessingException if it holds a node that is no JSON
   */
  public static byte[] toBytes(JsonNode json) throws JsonProcessingException {
    return JSON.writeValueAsBytes(json);
  }

  /**
   * JSON as it was written, to the last digit.
   *
   * @throws IOException if it is none
   */
  public static JsonNode parse(byte[] json) throws IOException {
    return JSON.readTree(json);
  }

  static String text(JsonNode line, String field) {
    JsonNode value = line.path(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(field + " must be a text");
    }
    return value.textValue();
  }

  static long number(JsonNode line, String field) {
    JsonNode value = line.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException(field + " must be a whole number");
    }
    return value.longValue();
  }

  private static int version(JsonNode line) {
    if (!line.path("version").canConvertToInt()) {
      throw new IllegalArgumentException("version must be a small whole number");
    }
    return line.path("version").intValue();
  }
}
