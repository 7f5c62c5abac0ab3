package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a Worker runs: as Cloudflare finds best, or near a place that is named. */
final class Placement {

  /** What the file may say. */
  static final Form FORM =
      Form.object(
              Map.of(
                  "mode", Form.oneOf("off", "smart", "targeted"),
                  "hint", Form.ANY_TEXT,
                  "region", Form.TEXT,
                  "host", Form.TEXT,
                  "hostname", Form.TEXT))
          .and(Placement::oneWay);

  private static final List<String> PLACES = List.of("region", "host", "hostname");

  private Placement() {}

  private static void oneWay(Setting setting, String path, Findings findings) {
    JsonNode placement = setting.value();
    String mode = placement.path("mode").asText("");
    List<String> told = PLACES.stream().filter(placement::has).toList();
    if (told.size() > 1 || (!told.isEmpty() && placement.has("hint"))) {
      findings.fault(
          setting.pointer(),
          "\""
              + path
              + "\" may have one of \"hint\", \"region\", \"host\" and \"hostname\", not both");
    } else if (!told.isEmpty() && placement.has("mode") && !mode.equals("targeted")) {
      findings.fault(
          setting.child("mode").pointer(),
          "\"" + path + ".mode\" must be \"targeted\" for its \"" + told.get(0) + "\"");
    } else if (told.isEmpty() && !placement.has("mode")) {
      findings.fault(
          setting.pointer(),
          "\"" + path + "\" needs a \"mode\" of \"smart\", \"off\" or \"targeted\", or a place");
    } else if (told.isEmpty() && mode.equals("targeted")) {
      findings.fault(
          setting.pointer(), "\"" + path + "\" needs a \"region\", \"host\" or \"hostname\"");
    } else if (!placement.path("hint").asText("").isEmpty() && !mode.equals("smart")) {
      findings.fault(
          setting.child("hint").pointer(), "\"" + path + ".hint\" needs the \"mode\" \"smart\"");
    }
  }

  /** What is sent, or empty if nothing is to be said. */
  static Optional<ObjectNode> of(JsonNode placement) {
    String mode = placement.path("mode").asText("");
    ObjectNode sent = JsonNodeFactory.instance.objectNode();
    if (mode.equals("smart")) {
      sent.put("mode", "smart");
      Optional.ofNullable(placement.get("hint")).ifPresent(hint -> sent.set("hint", hint));
      return Optional.of(sent);
    }
    return PLACES.stream()
        .filter(placement::hasNonNull)
        .findFirst()
        .map(place -> sent.put("mode", "targeted").set(place, placement.path(place)));
  }
}
