package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.run.Deployed;

/** What served each place before a run and after it, in one look, for whoever audits the run. */
final class Served {

  private Served() {}

  /** As the run read it before it changed anything; nothing of a place that it did not come to. */
  static ObjectNode before(RunStream stream, List<String> environments) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (String environment : environments) {
      stream
          .decision("read " + environment)
          .filter(read -> read.failure().isEmpty())
          .ifPresent(read -> node.set(environment, place(read.value())));
    }
    return node;
  }

  private static ObjectNode place(JsonNode base) {
    ObjectNode place = JsonNodeFactory.instance.objectNode();
    Forms.text(base.path("deployment"), "id").ifPresent(id -> place.put("deployment", id));
    Forms.text(base.path("version"), "id").ifPresent(id -> place.put("version", id));
    Forms.text(base.path("version").path("release"), "label")
        .ifPresent(label -> place.put("label", label));
    return place;
  }

  /** As before, but for the places of which the report tells something. */
  static ObjectNode after(ObjectNode before, List<Deployed> deployed) {
    ObjectNode node = before.deepCopy();
    for (Deployed one : deployed) {
      ObjectNode place = node.putObject(one.target().environment().name());
      one.deployment().ifPresent(id -> place.put("deployment", id));
      one.version().ifPresent(id -> place.put("version", id));
      one.label().ifPresent(label -> place.put("label", label));
      place.put("status", one.status().name());
    }
    return node;
  }
}
