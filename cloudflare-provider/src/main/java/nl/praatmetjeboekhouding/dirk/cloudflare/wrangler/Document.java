package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.toml.TomlReadFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import org.jspecify.annotations.Nullable;

/** A configuration file as a tree that knows where each value stands. */
final class Document {

  /** How deep values may lie in each other. */
  static final int DEEPEST = 64;

  /** How many characters a key may have. */
  static final int LONGEST_NAME = 1000;

  static final String TOO_MUCH =
      "is nested deeper than "
          + DEEPEST
          + " levels, or has a key of more than "
          + LONGEST_NAME
          + " characters or a number of more than 1000 digits; is it really a wrangler file?";

  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNameLength(LONGEST_NAME).build();
  private static final ObjectMapper JSON =
      JsonMapper.builder(JsonFactory.builder().streamReadConstraints(LIMITS).build())
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();
  private static final ObjectMapper TOML =
      TomlMapper.builder(TomlFactory.builder().streamReadConstraints(LIMITS).build())
          .enable(TomlReadFeature.PARSE_JAVA_TIME)
          .build();

  private final Path file;
  private final String source;
  private final ObjectNode root;
  private final Places places;
  private final Digest digest;
  private final List<Plain.Spot> dates;
  private final List<Fault> warnings = new ArrayList<>();

  private Document(
      Path file, ObjectNode root, Places places, Digest digest, List<Plain.Spot> dates) {
    this.file = file;
    this.source = String.valueOf(file.getFileName());
    this.root = root;
    this.places = places;
    this.digest = digest;
    this.dates = List.copyOf(dates);
  }

  /**
   * Reads {@code .json}, {@code .jsonc} or {@code .toml}; a file that is not well-formed is a
   * fault.
   */
  static Document read(Path file) {
    String source = String.valueOf(file.getFileName());
    boolean toml = source.endsWith(".toml");
    try {
      SourceText read = SourceText.read(file);
      if (toml) {
        LongNumbers.refuse(source, read.text());
      }
      JsonNode tree = tree(source, toml ? TOML : JSON, read.text());
      if (!(tree instanceof ObjectNode root)) {
        throw new ConfigurationException(source, "must hold an object with the Worker's settings");
      }
      Plain plain = Plain.make(source, toml, root);
      Places places = toml ? Places.none() : Places.of(JSON, read.text());
      Document document = new Document(file, root, places, read.digest(), plain.dates());
      if (!read.whole()) {
        document.warn("", "is not UTF-8; what cannot be read was replaced, so save it as UTF-8");
      }
      places
          .repeated()
          .forEach(
              (pointer, name) ->
                  document.warn(
                      pointer, "\"" + name + "\" stands here again; the last one counts"));
      plain
          .dropped()
          .forEach(
              value ->
                  document.warn(
                      value.pointer(),
                      "\"" + value.path() + "\" is no number of JSON; it is null, as by wrangler"));
      return document;
    } catch (StreamConstraintsException e) {
      throw new ConfigurationException(source, TOO_MUCH); // this format's reader tells no place
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      String message = "cannot be read: " + e.getOriginalMessage();
      throw new ConfigurationException(List.of(fault(source, place, message)));
    } catch (IOException e) {
      throw new ConfigurationException(source, "cannot be read: " + e.getMessage());
    }
  }

  private static JsonNode tree(String source, ObjectMapper mapper, String text) throws IOException {
    try (JsonParser parser = mapper.createParser(text)) {
      try {
        return mapper.readTree(parser);
      } catch (StreamConstraintsException e) {
        throw new ConfigurationException(
            List.of(fault(source, parser.currentLocation(), TOO_MUCH)));
      }
    } catch (DateTimeParseException e) {
      throw new ConfigurationException(List.of(noDate(source, text, e.getParsedString())));
    }
  }

  /** A date of TOML, whose reader does not say where it met it. */
  private static Fault noDate(String source, String text, String date) {
    String before = text.substring(0, Math.max(0, text.indexOf(date)));
    int line = (int) before.chars().filter(letter -> letter == '\n').count() + 1;
    int column = before.length() - before.lastIndexOf('\n');
    return new Fault(source, line, column, "cannot be read: " + date + " is no date or time");
  }

  /** A document without a file behind it, for a project that has none. */
  static Document empty(Path folder) {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    return new Document(
        folder.resolve("wrangler.jsonc"), nothing, Places.none(), Digest.of(""), List.of());
  }

  /** The file. */
  Path file() {
    return file;
  }

  /** All of it. */
  ObjectNode root() {
    return root;
  }

  /** Of the bytes that the tree was read from. */
  Digest digest() {
    return digest;
  }

  /** What somebody should look at before anything is made of it. */
  List<Fault> warnings() {
    return List.copyOf(warnings);
  }

  /** Dates that are no texts, and are not taken where they stand. */
  List<Plain.Spot> dates() {
    return dates;
  }

  /** A fault at a value; without a position where the format tells none. */
  Fault fault(String pointer, String message) {
    return fault(source, places.at(pointer), message);
  }

  private void warn(String pointer, String message) {
    warnings.add(fault(pointer, message));
  }

  private static Fault fault(String source, @Nullable JsonLocation place, String message) {
    return place == null || place.getLineNr() < 1
        ? Fault.of(source, message)
        : new Fault(source, place.getLineNr(), Math.max(1, place.getColumnNr()), message);
  }
}
