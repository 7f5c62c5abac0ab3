package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a tree what JSON can carry, as wrangler does: numbers that JSON does not have become
 * null, and so do dates of TOML texts. What wrangler refuses of TOML is told: dates where a value
 * is looked at, and whole numbers that do not fit into a double.
 */
final class Plain {

  /**
   * A value that became something else.
   *
   * @param pointer where it stands
   * @param path how people call it
   */
  record Spot(String pointer, String path) {}

  /** From a value to one in it: a key, or the number of an item. */
  private record Step(String name, boolean item) {}

  /** Where wrangler looks at no value: as far down, and nothing is said about what is there. */
  private static final List<List<String>> UNSEEN =
      List.of(List.of("vars", ""), List.of("unsafe", "metadata"));

  static final String BEYOND_DOUBLE =
      " is a whole number beyond 2^53; write it as a text, in quotes";

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS");
  private static final BigInteger BEYOND = BigInteger.ONE.shiftLeft(53);

  /** How many values that became null are told. */
  private static final int MOST_TOLD = 100;

  private final String source;
  private final boolean toml;
  private final Deque<Step> path = new ArrayDeque<>();
  private final List<Spot> dropped = new ArrayList<>();
  private final List<Spot> dates = new ArrayList<>();

  private Plain(String source, boolean toml) {
    this.source = source;
    this.toml = toml;
  }

  /** Changes a tree. */
  static Plain make(String source, boolean toml, ObjectNode root) {
    Plain plain = new Plain(source, toml);
    plain.object(root);
    return plain;
  }

  /** What became null, as much of it as anybody reads. */
  List<Spot> dropped() {
    return dropped;
  }

  /** The dates that are not taken, as many as anybody reads. */
  List<Spot> dates() {
    return dates;
  }

  private void object(ObjectNode object) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      made(new Step(member.getKey(), false), member.getValue()).ifPresent(member::setValue);
    }
  }

  private void array(ArrayNode array) {
    for (int index = 0; index < array.size(); index++) {
      int at = index;
      made(new Step(Integer.toString(at), true), array.get(at))
          .ifPresent(other -> array.set(at, other));
    }
  }

  /** What a value becomes, or empty if it stays. */
  private Optional<JsonNode> made(Step step, JsonNode value) {
    path.addLast(step);
    if (path.size() > Document.DEEPEST || step.name().length() > Document.LONGEST_NAME) {
      throw new ConfigurationException(source, Document.TOO_MUCH);
    }
    if (toml && value.isIntegralNumber() && value.bigIntegerValue().abs().compareTo(BEYOND) >= 0) {
      throw refused(BEYOND_DOUBLE.strip());
    }
    if (value instanceof ObjectNode object) {
      object(object);
    } else if (value instanceof ArrayNode array) {
      array(array);
    }
    Optional<JsonNode> made = Optional.empty();
    if (value.isNumber() && !Double.isFinite(value.asDouble())) {
      made = Optional.of(NullNode.getInstance());
      tell(dropped);
    } else if (value instanceof POJONode date) {
      made = Optional.of(TextNode.valueOf(text(date.getPojo())));
      if (isSeen()) {
        tell(dates);
      }
    }
    path.removeLast();
    return made;
  }

  private void tell(List<Spot> spots) {
    if (spots.size() < MOST_TOLD) {
      spots.add(new Spot(pointer(), shown()));
    }
  }

  /** Whether wrangler looks what is here: not at keys that it does not know, for instance. */
  private boolean isSeen() {
    List<String> names = path.stream().map(Step::name).toList();
    boolean own = names.size() > 2 && names.get(0).equals("env");
    List<String> key = own ? names.subList(2, names.size()) : names;
    return Key.of(key.get(0)).isPresent()
        && UNSEEN.stream().noneMatch(unseen -> isBelow(key, unseen));
  }

  private static boolean isBelow(List<String> key, List<String> unseen) {
    return key.size() > unseen.size()
        && IntStream.range(0, unseen.size())
            .allMatch(at -> unseen.get(at).isEmpty() || unseen.get(at).equals(key.get(at)));
  }

  /** A date or time of TOML, as JavaScript writes it: with thousandths, whatever it had. */
  private static String text(@Nullable Object date) {
    if (date instanceof OffsetDateTime moment) {
      return moment.toLocalDateTime().format(MOMENT) + moment.getOffset();
    }
    if (date instanceof LocalDateTime moment) {
      return moment.format(MOMENT);
    }
    return date instanceof LocalTime time ? time.format(TIME) : String.valueOf(date);
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
