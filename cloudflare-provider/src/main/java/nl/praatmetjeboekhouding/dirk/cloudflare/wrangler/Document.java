package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.toml.TomlReadFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;
import org.jspecify.annotations.Nullable;

/** A configuration file as a tree that knows where each value stands. */
final class Document {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final ObjectMapper TOML =
      TomlMapper.builder().enable(TomlReadFeature.PARSE_JAVA_TIME).build();

  private final Path file;
  private final String source;
  private final ObjectNode root;
  private final Map<String, JsonLocation> places;

  private Document(Path file, ObjectNode root, Map<String, JsonLocation> places) {
    this.file = file;
    this.source = String.valueOf(file.getFileName());
    this.root = root;
    this.places = places;
  }

  /**
   * Reads {@code .json}, {@code .jsonc} or {@code .toml}; a file that is not well-formed is a
   * fault.
   */
  static Document read(Path file) {
    String source = String.valueOf(file.getFileName());
    boolean toml = source.endsWith(".toml");
    try {
      String text = Files.readString(file);
      JsonNode tree = toml ? TOML.readTree(text) : JSON.readTree(text);
      if (tree instanceof ObjectNode root) {
        refuseDates(source, "", root);
        return new Document(file, root, toml ? Map.of() : places(text));
      }
      throw new ConfigurationException(source, "must hold an object with the Worker's settings");
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      String message = "cannot be read: " + e.getOriginalMessage();
      throw new ConfigurationException(List.of(fault(source, place, message)));
    } catch (IOException e) {
      throw new ConfigurationException(source, "cannot be read: " + e.getMessage());
    }
  }

  /** A date is a value of its own in TOML, which nothing in a wrangler file can be. */
  private static void refuseDates(String source, String key, JsonNode value) {
    if (value.isPojo()) {
      throw new ConfigurationException(
          source, "\"" + key + "\" is a date; write it as a text, in quotes");
    }
    if (value.isObject()) {
      value.properties().forEach(it -> refuseDates(source, it.getKey(), it.getValue()));
    } else {
      value.elements().forEachRemaining(element -> refuseDates(source, key, element));
    }
  }

  /** A document without a file behind it, for a project that has none. */
  static Document empty(Path folder) {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    return new Document(folder.resolve("wrangler.jsonc"), nothing, Map.of());
  }

  /** The file. */
  Path file() {
    return file;
  }

  /** All of it. */
  ObjectNode root() {
    return root;
  }

  /** A fault at a value; without a position where the format tells none. */
  Fault fault(String pointer, String message) {
    return fault(source, places.get(pointer), message);
  }

  private static Fault fault(String source, @Nullable JsonLocation place, String message) {
    return place == null || place.getLineNr() < 1
        ? Fault.of(source, message)
        : new Fault(source, place.getLineNr(), Math.max(1, place.getColumnNr()), message);
  }

  private static Map<String, JsonLocation> places(String text) throws IOException {
    Map<String, JsonLocation> places = new HashMap<>();
    try (JsonParser parser = JSON.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String pointer = parser.getParsingContext().pathAsPointer().toString();
        places.putIfAbsent(pointer, parser.currentTokenLocation());
      }
    }
    return places;
  }
}
