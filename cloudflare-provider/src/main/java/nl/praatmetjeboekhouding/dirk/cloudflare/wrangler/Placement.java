package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Where a Worker runs: as Cloudflare finds best, or near a place that is named. */
final class Placement {

  private static final List<String> PLACES = List.of("region", "host", "hostname");
  private static final List<String> MODES = List.of("off", "smart", "targeted");

  private Placement() {}

  /** What is sent, or empty if nothing is to be said. */
  static Optional<ObjectNode> of(Setting setting, Findings findings) {
    JsonNode placement = setting.value();
    String mode = placement.path("mode").asText("");
    boolean places = PLACES.stream().anyMatch(placement::hasNonNull);
    if (!MODES.contains(mode) && !(mode.isEmpty() && places)) {
      findings.fault(
          setting.pointer(),
          "\"placement\" needs a \"mode\" of \"smart\", \"off\" or \"targeted\", or a place");
      return Optional.empty();
    }
    ObjectNode sent = JsonNodeFactory.instance.objectNode();
    if (placement.hasNonNull("hint") || mode.equals("smart")) {
      sent.put("mode", "smart");
      Optional.ofNullable(placement.get("hint")).ifPresent(hint -> sent.set("hint", hint));
      return Optional.of(sent);
    }
    return PLACES.stream()
        .filter(placement::hasNonNull)
        .filter(any -> !mode.equals("off"))
        .findFirst()
        .map(place -> sent.put("mode", "targeted").set(place, placement.path(place)));
  }
}
