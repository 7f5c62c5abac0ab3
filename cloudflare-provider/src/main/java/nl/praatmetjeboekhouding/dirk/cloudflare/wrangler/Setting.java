package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A value that applies to the chosen environment.
 *
 * @param pointer where it stands in the document, as a JSON pointer (RFC 6901)
 * @param value what it is; never null in the sense of JSON
 */
record Setting(String pointer, JsonNode value) {

  Setting child(String name) {
    String escaped = name.replace("~", "~0").replace("/", "~1");
    return new Setting(pointer + "/" + escaped, value.path(name));
  }

  Setting child(int index) {
    return new Setting(pointer + "/" + index, value.path(index));
  }
}
