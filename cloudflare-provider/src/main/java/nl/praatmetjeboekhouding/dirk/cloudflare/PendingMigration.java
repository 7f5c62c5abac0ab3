package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The steps of a project's Durable Object classes that Cloudflare has not taken yet.
 *
 * @param json as it is sent, or empty if there are none
 * @param warning what somebody should look at, or empty
 */
record PendingMigration(Optional<ObjectNode> json, Optional<String> warning) {

  private static final PendingMigration NONE =
      new PendingMigration(Optional.empty(), Optional.empty());

  /** None. */
  static PendingMigration none() {
    return NONE;
  }

  /**
   * What comes after the last step that was taken; all, if that is unknown.
   *
   * @param steps as the project declares them, oldest first
   * @param taken the tag of the last step that Cloudflare took, or empty if it took none
   */
  static PendingMigration of(ArrayNode steps, Optional<String> taken) {
    if (steps.isEmpty()) {
      return NONE;
    }
    int known = taken.map(tag -> place(steps, tag)).orElse(-1);
    if (known == steps.size() - 1) {
      return NONE;
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    taken.ifPresent(tag -> json.put("old_tag", tag));
    json.put("new_tag", tag(steps.path(steps.size() - 1)));
    ArrayNode left = json.putArray("steps");
    for (int index = known + 1; index < steps.size(); index++) {
      ObjectNode step = steps.path(index).deepCopy();
      step.remove("tag");
      left.add(step);
    }
    return new PendingMigration(
        Optional.of(json),
        taken
            .filter(tag -> known < 0)
            .map(
                tag ->
                    "The last Durable Object migration that Cloudflare has is "
                        + tag
                        + ", which the wrangler file does not name; all of the file's are sent."));
  }

  private static int place(ArrayNode steps, String tag) {
    for (int index = 0; index < steps.size(); index++) {
      if (tag(steps.path(index)).equals(tag)) {
        return index;
      }
    }
    return -1;
  }

  private static String tag(JsonNode step) {
    return step.path("tag").asText();
  }
}
