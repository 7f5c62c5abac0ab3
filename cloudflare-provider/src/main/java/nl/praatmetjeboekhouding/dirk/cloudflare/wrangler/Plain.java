package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

  /** From a value to one in it: a key, or the number of an item. */
  private record Step(String name, boolean item) {}

  static final String BEYOND_DOUBLE =
      " is a whole number beyond 2^53; write it as a text, in quotes";

  private static final BigInteger BEYOND = BigInteger.ONE.shiftLeft(53);

  /** How many values that became null are told. */
  private static final int MOST_TOLD = 100;

  private final String source;
  private final boolean toml;
  private final Deque<Step> path = new ArrayDeque<>();
  private final List<Dropped> dropped = new ArrayList<>();

  private Plain(String source, boolean toml) {
    this.source = source;
    this.toml = toml;
  }

  /** Changes a tree and says what became null, as much of it as anybody reads. */
  static List<Dropped> make(String source, boolean toml, ObjectNode root) {
    Plain plain = new Plain(source, toml);
    plain.object(root);
    return plain.dropped;
  }

  private void object(ObjectNode object) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (drops(new Step(member.getKey(), false), member.getValue())) {
        member.setValue(NullNode.getInstance());
      }
    }
  }

  private void array(ArrayNode array) {
    for (int index = 0; index < array.size(); index++) {
      if (drops(new Step(Integer.toString(index), true), array.get(index))) {
        array.set(index, NullNode.getInstance());
      }
    }
  }

  private boolean drops(Step step, JsonNode value) {
    path.addLast(step);
    if (path.size() > Document.DEEPEST || step.name().length() > Document.LONGEST_NAME) {
      throw new ConfigurationException(source, Document.TOO_MUCH);
    }
    if (value.isPojo()) {
      throw refused("is a date; write it as a text, in quotes");
    }
    if (toml && value.isIntegralNumber() && value.bigIntegerValue().abs().compareTo(BEYOND) >= 0) {
      throw refused(BEYOND_DOUBLE.strip());
    }
    if (value instanceof ObjectNode object) {
      object(object);
    } else if (value instanceof ArrayNode array) {
      array(array);
    }
    boolean drops = value.isNumber() && !Double.isFinite(value.asDouble());
    if (drops && dropped.size() < MOST_TOLD) {
      dropped.add(new Dropped(pointer(), shown()));
    }
    path.removeLast();
    return drops;
  }

  private String pointer() {
    return path.stream()
        .map(step -> "/" + step.name().replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }

  private String shown() {
    String shown =
        path.stream()
            .map(step -> step.item() ? "[" + step.name() + "]" : "." + step.name())
            .collect(Collectors.joining());
    return shown.substring(1);
  }

  private ConfigurationException refused(String why) {
    return new ConfigurationException(source, "\"" + shown() + "\" " + why);
  }
}
