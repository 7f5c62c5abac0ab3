package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request of the API with what stood in its path. */
record ApiRequest(Request http, Map<String, String> parameters) {

  String path(String name) {
    return parameters.getOrDefault(name, "");
  }

  Optional<String> query(String name) {
    return http.query(name);
  }

  int number(String name, int otherwise) {
    try {
      return Math.max(1, query(name).map(Integer::parseInt).orElse(otherwise));
    } catch (NumberFormatException e) {
      throw new Refusal(400, 10026, "query parameter " + name + " must be a number");
    }
  }

  JsonNode json() {
    return read(http.body());
  }

  ObjectNode object() {
    if (json() instanceof ObjectNode object) {
      return object;
    }
    throw Refusal.unreadable("a JSON object is expected");
  }

  List<Part> parts() {
    return Multipart.parse(http.header("content-type").orElse(""), http.body());
  }

  /**
   * What a body carries under {@code annotations}, empty if it carries nothing that can be read.
   */
  static Map<String, String> annotations(Request request) {
    try {
      String type = request.header("content-type").orElse("");
      JsonNode body =
          Multipart.isMultipart(type)
              ? Upload.metadata(Multipart.parse(type, request.body()))
              : request.body().size() == 0 ? MissingNode.getInstance() : read(request.body());
      return Annotations.sent(body);
    } catch (Refusal e) {
      return Map.of();
    }
  }

  static JsonNode read(Bytes text) {
    try {
      return Json.MAPPER.readTree(text.utf8());
    } catch (JsonProcessingException e) {
      throw Refusal.unreadable("not JSON: " + e.getOriginalMessage());
    }
  }
}
