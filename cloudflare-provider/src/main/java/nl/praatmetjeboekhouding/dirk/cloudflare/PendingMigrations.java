package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Those migrations of Durable Objects that a Worker has not been through.
 *
 * @param sent as they are sent, or empty if there are none
 * @param warnings what somebody should look at, a sentence each
 */
record PendingMigrations(Optional<ObjectNode> sent, List<String> warnings) {

  /**
   * Compares.
   *
   * @param configured all migrations of the project, oldest first, each with a tag
   * @param deployed the tag of the last one that the Worker went through, or empty
   */
  static PendingMigrations of(List<ObjectNode> configured, Optional<String> deployed) {
    if (configured.isEmpty()) {
      return new PendingMigrations(Optional.empty(), List.of());
    }
    int last =
        IntStream.range(0, configured.size())
            .filter(index -> deployed.equals(Optional.of(tag(configured.get(index)))))
            .findFirst()
            .orElse(-1);
    List<ObjectNode> pending = configured.subList(last + 1, configured.size());
    if (pending.isEmpty()) {
      return new PendingMigrations(Optional.empty(), List.of());
    }
    ObjectNode sent = JsonNodeFactory.instance.objectNode();
    deployed.ifPresent(tag -> sent.put("old_tag", tag));
    sent.put("new_tag", tag(pending.get(pending.size() - 1)));
    pending.forEach(
        migration -> sent.withArray("steps").add(migration.deepCopy().without("tag")));
    boolean unknown = deployed.isPresent() && last < 0;
    return new PendingMigrations(
        Optional.of(sent),
        unknown
            ? List.of(
                "The Worker's last Durable Object migration, "
                    + deployed.get()
                    + ", is not in the wrangler file: all migrations there will be applied.")
            : List.of());
  }

  private static String tag(JsonNode migration) {
    return migration.path("tag").asText();
  }
}
