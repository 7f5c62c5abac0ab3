package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a client writes beside a version or a deployment, as Cloudflare keeps it. */
final class Annotations {

  private static final String TAG = "workers/tag";
  private static final String MESSAGE = "workers/message";
  private static final String TRIGGER = "workers/triggered_by";
  private static final int LONGEST_TAG = 100;
  private static final int LONGEST_MESSAGE = 1000;

  private Annotations() {}

  /** As they were sent. */
  static Map<String, String> sent(JsonNode body) {
    Map<String, String> annotations = new LinkedHashMap<>();
    body.path("annotations")
        .properties()
        .forEach(member -> annotations.put(member.getKey(), member.getValue().asText()));
    return annotations;
  }

  /**
   * As they are kept: a message is cut, and what triggered it is not for the client to say.
   *
   * @throws Refusal if a tag is too long
   */
  static Map<String, String> kept(JsonNode body, String trigger) {
    Map<String, String> annotations = sent(body);
    annotations.put(TRIGGER, trigger);
    annotations.computeIfPresent(MESSAGE, (name, text) -> cut(text));
    if (bytes(annotations.getOrDefault(TAG, "")) > LONGEST_TAG) {
      throw Refusal.invalid(TAG + " is longer than " + LONGEST_TAG + " bytes");
    }
    return annotations;
  }

  /** Only what triggered it. */
  static Map<String, String> trigger(String trigger) {
    return Map.of(TRIGGER, trigger);
  }

  private static String cut(String text) {
    String cut = text;
    while (bytes(cut) > LONGEST_MESSAGE) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }
}
