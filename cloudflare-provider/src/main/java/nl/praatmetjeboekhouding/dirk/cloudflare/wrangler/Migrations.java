package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Durable Object classes as a project declares them: step by step, or as they are to be. */
final class Migrations {

  /** What the file may say of steps. */
  static final Form FORM =
      Form.list(
              Form.object(
                      Map.of(
                          "tag",
                          Form.TEXT,
                          "new_classes",
                          Form.TEXTS,
                          "new_sqlite_classes",
                          Form.TEXTS,
                          "renamed_classes",
                          pairs("from", "to"),
                          "deleted_classes",
                          Form.TEXTS,
                          "transferred_classes",
                          pairs("from", "from_script", "to")))
                  .needing("tag"))
          .orNull();

  private static final String OBJECT = "durable-object";

  private Migrations() {}

  private static Form pairs(String... names) {
    Form pair =
        Form.object(
            List.of(names).stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, any -> Form.TEXT)));
    return Form.list(pair);
  }

  /** The steps of a project, oldest first; empty if it has none. */
  static ArrayNode of(View view) {
    Optional<JsonNode> steps = view.find("migrations").map(Setting::value);
    return steps.filter(JsonNode::isArray).isPresent()
        ? (ArrayNode) steps.get().deepCopy()
        : JsonNodeFactory.instance.arrayNode();
  }

  /** Sets the classes that are declared as they are to be. */
  static void exports(View view, ObjectNode metadata) {
    view.find("exports")
        .filter(exports -> exports.value().isObject() && !exports.value().isEmpty())
        .ifPresent(exports -> metadata.set("exports", exports.value()));
  }

  /** Classes are declared in one way or the other. */
  static void check(View view, ObjectNode metadata, Findings findings) {
    if (areExported(metadata) && !of(view).isEmpty()) {
      findings.fault(
          view.find("exports").map(Setting::pointer).orElse(""),
          "Durable Objects are declared by \"exports\" or by \"migrations\" and never by both;"
              + " take one out");
    }
  }

  /** Whether an upload declares Durable Object classes as they are to be. */
  static boolean areExported(ObjectNode metadata) {
    for (JsonNode export : metadata.path("exports")) {
      if (export.path("type").asText().equals(OBJECT)) {
        return true;
      }
    }
    return false;
  }
}
