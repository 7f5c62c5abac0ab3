package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What one plan says otherwise than an earlier one, for people. */
final class PlanDifferences {

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private final List<String> found = new ArrayList<>();

  private PlanDifferences() {}

  /** A sentence each, with the place in the plan. */
  static List<String> between(JsonNode then, JsonNode now) {
    PlanDifferences differences = new PlanDifferences();
    differences.compare("", then, now);
    return List.copyOf(differences.found);
  }

  private void compare(String where, JsonNode then, JsonNode now) {
    if (then.equals(now)) {
      return;
    }
    if (then.isObject() && now.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      then.fieldNames().forEachRemaining(names::add);
      now.fieldNames().forEachRemaining(names::add);
      names.forEach(
          name ->
              compare(
                  where.isEmpty() ? name : where + "." + name, then.path(name), now.path(name)));
    } else if (where.equals("stages") && then.size() == now.size()) {
      for (int index = 0; index < then.size(); index++) {
        compare(now.path(index).path("environment").asText(), then.path(index), now.path(index));
      }
    } else if (isTexts(then) && isTexts(now)) {
      List<String> gone = without(then, now);
      List<String> added = without(now, then);
      gone.forEach(text -> found.add(where + " no longer says " + text));
      added.forEach(text -> found.add(where + " now says " + text));
      if (gone.isEmpty() && added.isEmpty()) {
        found.add(where + " says the same in another order or number");
      }
    } else if (isDigest(then) && isDigest(now)) {
      found.add(where + " is another");
    } else {
      found.add(where + " was " + shown(then) + " and is " + shown(now));
    }
  }

  private static boolean isTexts(JsonNode list) {
    return list.isArray() && elements(list).allMatch(JsonNode::isTextual);
  }

  private static List<String> without(JsonNode list, JsonNode other) {
    var there = elements(other).collect(Collectors.toUnmodifiableSet());
    return elements(list).filter(text -> !there.contains(text)).map(JsonNode::toString).toList();
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  /** What nobody can read is only told to be another. */
  private static boolean isDigest(JsonNode value) {
    return value.isTextual() && DIGEST.matcher(value.textValue()).matches();
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() || value.isNull() ? "nothing" : value.toString();
  }
}
