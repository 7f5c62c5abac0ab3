package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;

/**
 * Makes of a tree what JSON can carry, as wrangler does: numbers that JSON does not have become
 * null. What wrangler refuses of TOML is refused: dates, and whole numbers that do not fit into a
 * double.
 */
final class Plain {

  /**
   * A value that became null.
   *
   * @param pointer where it stands
   * @param path how people call it
   */
  record Dropped(String pointer, String path) {}

  private static final BigInteger MOST = BigInteger.ONE.shiftLeft(53);

  private final String source;
  private final boolean toml;
  private final List<Dropped> dropped = new ArrayList<>();

  private Plain(String source, boolean toml) {
    this.source = source;
    this.toml = toml;
  }

  /** Changes a tree and says what became null. */
  static List<Dropped> make(String source, boolean toml, ObjectNode root) {
    Plain plain = new Plain(source, toml);
    plain.object(new Setting("", root), "", root);
    return plain.dropped;
  }

  private void object(Setting at, String path, ObjectNode object) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
      if (drops(at.child(member.getKey()), name)) {
        member.setValue(NullNode.getInstance());
      }
    }
  }

  private void array(Setting at, String path, ArrayNode array) {
    for (int index = 0; index < array.size(); index++) {
      if (drops(at.child(index), path + "[" + index + "]")) {
        array.set(index, NullNode.getInstance());
      }
    }
  }

  private boolean drops(Setting setting, String path) {
    JsonNode value = setting.value();
    if (value.isPojo()) {
      throw refused(path, "is a date; write it as a text, in quotes");
    }
    if (toml && value.isIntegralNumber() && value.bigIntegerValue().abs().compareTo(MOST) >= 0) {
      throw refused(path, "is a whole number beyond 2^53; write it as a text, in quotes");
    }
    if (value instanceof ObjectNode object) {
      object(setting, path, object);
    } else if (value instanceof ArrayNode array) {
      array(setting, path, array);
    }
    boolean drops = value.isNumber() && !Double.isFinite(value.asDouble());
    if (drops) {
      dropped.add(new Dropped(setting.pointer(), path));
    }
    return drops;
  }

  private ConfigurationException refused(String path, String why) {
    return new ConfigurationException(source, "\"" + path + "\" " + why);
  }
}
