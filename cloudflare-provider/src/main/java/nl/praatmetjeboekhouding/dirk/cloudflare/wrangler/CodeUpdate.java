package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** How running Durable Objects get new code: what a wrangler file says, and what wrangler does. */
public final class CodeUpdate {

  private static final int DAY_IN_SECONDS = 86_400;
  private static final int FIVE_MINUTES = 300;

  static final Form FORM =
      Form.object(
              Map.of(
                  "mode",
                  Form.oneOf("immediate", "deferred"),
                  "max_delay",
                  Form.of(CodeUpdate::isDelay, "a number of seconds from 0 to a day's")))
          .needing("mode");

  private CodeUpdate() {}

  /** What is sent, or empty if the file does not say it. */
  static Optional<ObjectNode> of(View view) {
    return view.find("durable_objects")
        .map(objects -> objects.value().path("code_update_strategy"))
        .filter(JsonNode::isObject)
        .map(CodeUpdate::sent);
  }

  /** What wrangler does where nobody says it: when they are idle, and within five minutes. */
  public static ObjectNode unsaid() {
    return deferred().put("max_delay", FIVE_MINUTES);
  }

  private static ObjectNode deferred() {
    return JsonNodeFactory.instance.objectNode().put("mode", "deferred");
  }

  private static ObjectNode sent(JsonNode told) {
    if (told.path("mode").asText().equals("immediate")) {
      return JsonNodeFactory.instance.objectNode().put("mode", "immediate");
    }
    return told.has("max_delay") ? deferred().set("max_delay", told.path("max_delay")) : unsaid();
  }

  /** Cloudflare knows no parts of a millisecond. */
  private static boolean isDelay(JsonNode value) {
    if (!value.isNumber() || value.asDouble() < 0 || value.asDouble() > DAY_IN_SECONDS) {
      return false;
    }
    return value.decimalValue().stripTrailingZeros().scale() <= 3;
  }
}
