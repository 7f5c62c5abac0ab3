package nl.praatmetjeboekhouding.dirk.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The text of a runbook file, made from the least that is one. */
record Runbook(JsonNode document) {

  private static final JsonMapper JSON = new JsonMapper();

  static final Runbook LEAST =
      new Runbook(
          json(
              """
              {
                "services": {
                  "api": {
                    "project": "workers/api",
                    "deployer": { "provider": "cloudflare" },
                    "environments": {
                      "production": {
                        "health": {
                          "url": "https://api.example.com/health",
                          "identity": { "header": "x-version" }
                        }
                      }
                    }
                  }
                }
              }
              """));

  /** This one, with a JSON value at a pointer; what leads there is made. */
  Runbook with(String pointer, String json) {
    JsonPointer at = JsonPointer.compile(pointer);
    ObjectNode copy = document.deepCopy();
    ObjectNode parent = at.head().matches() ? copy : objectAt(copy, at.head());
    parent.set(at.last().getMatchingProperty(), json(json));
    return new Runbook(copy);
  }

  /** This one, without what is at a pointer. */
  Runbook without(String pointer) {
    JsonPointer at = JsonPointer.compile(pointer);
    ObjectNode copy = document.deepCopy();
    ((ObjectNode) copy.at(at.head())).remove(at.last().getMatchingProperty());
    return new Runbook(copy);
  }

  String text() {
    return document.toPrettyString();
  }

  private static ObjectNode objectAt(ObjectNode root, JsonPointer pointer) {
    return root.at(pointer) instanceof ObjectNode found ? found : root.withObject(pointer);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
