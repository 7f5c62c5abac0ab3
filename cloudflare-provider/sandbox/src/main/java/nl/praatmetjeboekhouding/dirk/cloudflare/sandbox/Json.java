package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Makes JSON. */
final class Json {

  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array(Stream<? extends JsonNode> nodes) {
    ArrayNode array = MAPPER.createArrayNode();
    nodes.forEach(array::add);
    return array;
  }

  static Stream<JsonNode> stream(ArrayNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static ArrayNode texts(Collection<String> texts) {
    ArrayNode array = MAPPER.createArrayNode();
    texts.forEach(array::add);
    return array;
  }

  static ObjectNode map(Map<String, String> members) {
    ObjectNode object = object();
    members.forEach(object::put);
    return object;
  }
}
