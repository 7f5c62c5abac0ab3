package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where each value of a JSON text stands, by its pointer; of a repeated key, the last one. */
final class Places {

  private final Map<String, JsonLocation> places = new HashMap<>();
  private final Map<String, String> repeated = new LinkedHashMap<>();

  private Places() {}

  /** Those of a text whose format tells none. */
  static Places none() {
    return new Places();
  }

  static Places of(ObjectMapper mapper, String text) throws IOException {
    Places places = new Places();
    try (JsonParser parser = mapper.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String pointer = parser.getParsingContext().pathAsPointer().toString();
        if (token == JsonToken.FIELD_NAME) {
          places.key(pointer, parser.currentName(), parser.currentTokenLocation());
        } else {
          places.places.putIfAbsent(pointer, parser.currentTokenLocation());
        }
      }
    }
    return places;
  }

  private void key(String pointer, String name, JsonLocation place) {
    if (places.put(pointer, place) != null) {
      places.keySet().removeIf(other -> other.startsWith(pointer + "/"));
      repeated.put(pointer, name);
    }
  }

  /** Where a value stands, or null if that is not known. */
  @Nullable JsonLocation at(String pointer) {
    return places.get(pointer);
  }

  /** The keys that stand more than once in their object, by their pointers. */
  Map<String, String> repeated() {
    return repeated;
  }
}
