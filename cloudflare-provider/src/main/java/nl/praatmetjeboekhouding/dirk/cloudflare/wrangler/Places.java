package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where each value of a JSON text stands; of a repeated key, the last one. Needs memory in
 * proportion to the text, however deep it is.
 */
final class Places {

  /** How many repeated keys are told. */
  private static final int MOST = 100;

  private final Map<String, String> repeated = new LinkedHashMap<>();
  private Value root = new Value(JsonLocation.NA);

  /** Where a value stands, and the values in it by name or number. */
  private static final class Value {

    private final JsonLocation place;
    private Map<String, Value> members = Map.of();

    private Value(JsonLocation place) {
      this.place = place;
    }
  }

  private Places() {}

  /** Those of a text whose format tells none. */
  static Places none() {
    return new Places();
  }

  /**
   * Those of a well-formed text.
   *
   * @throws JsonParseException if anything follows the first value
   */
  static Places of(ObjectMapper mapper, String text) throws IOException {
    Places places = new Places();
    try (JsonParser parser = mapper.createParser(text)) {
      if (parser.nextToken() != null) {
        places.root = places.value(parser, parser.currentTokenLocation());
      }
      if (parser.nextToken() != null) {
        throw new JsonParseException(
            parser, "Expected nothing after the object", parser.currentTokenLocation());
      }
    }
    return places;
  }

  private Value value(JsonParser parser, JsonLocation place) throws IOException {
    Value value = new Value(place);
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      value.members = members(parser);
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      value.members = items(parser);
    }
    return value;
  }

  private Map<String, Value> members(JsonParser parser) throws IOException {
    Map<String, Value> members = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (members.containsKey(name) && repeated.size() < MOST) {
        repeated.put(parser.getParsingContext().pathAsPointer().toString(), name);
      }
      JsonLocation place = parser.currentTokenLocation();
      JsonToken unused = parser.nextToken();
      members.put(name, value(parser, place));
    }
    return members;
  }

  private Map<String, Value> items(JsonParser parser) throws IOException {
    Map<String, Value> items = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.put(Integer.toString(items.size()), value(parser, parser.currentTokenLocation()));
    }
    return items;
  }

  /**
   * Where a value stands, or null if that is not known.
   *
   * @param pointer a JSON pointer (RFC 6901)
   */
  @Nullable JsonLocation at(String pointer) {
    Value value = root;
    for (int from = 0; from < pointer.length() && value != null; ) {
      int slash = pointer.indexOf('/', from + 1);
      int to = slash < 0 ? pointer.length() : slash;
      String name = pointer.substring(from + 1, to).replace("~1", "/").replace("~0", "~");
      value = value.members.get(name);
      from = to;
    }
    return value == null ? null : value.place;
  }

  /** The first keys that stand more than once in their object, by their pointers. */
  Map<String, String> repeated() {
    return repeated;
  }
}
