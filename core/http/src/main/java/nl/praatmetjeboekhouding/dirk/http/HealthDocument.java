package nl.praatmetjeboekhouding.dirk.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a health document says: health+json (draft-inadarei-api-health-check), Spring Boot Actuator
 * or MicroProfile Health. The three agree on a {@code status} at the top and differ in where their
 * parts are.
 *
 * @param status in lower case; empty text if it is no such document
 * @param sick the names of parts that are unwell, at most five
 */
record HealthDocument(String status, List<String> sick) {

  private static final Set<String> BAD = Set.of("fail", "error", "down", "out_of_service");
  private static final int MOST = 5;
  private static final int LONGEST_NAME = 60;

  static HealthDocument of(JsonNode json) {
    String status = json.path("status").asText().toLowerCase(Locale.ROOT);
    Stream<String> parts =
        Stream.of("components", "details", "checks")
            .map(json::path)
            .flatMap(HealthDocument::sickParts);
    return new HealthDocument(status, parts.distinct().limit(MOST).toList());
  }

  boolean isBad() {
    return BAD.contains(status);
  }

  boolean isWarning() {
    return status.equals("warn");
  }

  /** For people, such as {@code its status is down (db, queue)}. */
  String told() {
    return "its status is " + status + (sick.isEmpty() ? "" : " (" + String.join(", ", sick) + ")");
  }

  private static Stream<String> sickParts(JsonNode parts) {
    return parts.isObject()
        ? parts.properties().stream()
            .filter(part -> isSick(part.getValue()))
            .map(part -> name(part.getKey()))
        : elements(parts)
            .filter(HealthDocument::isSick)
            .map(part -> name(part.path("name").asText()));
  }

  /** In health+json a check is a list of what was measured. */
  private static boolean isSick(JsonNode part) {
    return part.isArray()
        ? elements(part).anyMatch(HealthDocument::isSick)
        : BAD.contains(part.path("status").asText().toLowerCase(Locale.ROOT));
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static String name(String given) {
    return Visible.text(given, LONGEST_NAME);
  }
}
