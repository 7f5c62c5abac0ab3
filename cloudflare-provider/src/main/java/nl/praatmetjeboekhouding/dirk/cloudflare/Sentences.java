package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a deploy would change of a version, a sentence each, and what could not be compared. */
final class Sentences {

  private final List<String> changes = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  List<String> changes() {
    return List.copyOf(changes);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  void change(String sentence) {
    changes.add(sentence);
  }

  /** Nothing is said where both are the same. */
  void change(String what, Optional<String> from, Optional<String> to) {
    if (from.equals(to)) {
      return;
    }
    if (from.isEmpty()) {
      changes.add(what + " becomes " + to.orElseThrow());
    } else if (to.isEmpty()) {
      changes.add(what + " " + from.get() + " applies no longer");
    } else {
      changes.add(what + " changes from " + from.get() + " to " + to.get());
    }
  }

  /** One sentence for each text that is only in one of two lists, whose order does not matter. */
  void members(String what, JsonNode from, JsonNode to) {
    Set<String> before = texts(from);
    Set<String> after = texts(to);
    Set<String> all = new TreeSet<>(before);
    all.addAll(after);
    for (String each : all) {
      if (!before.contains(each)) {
        changes.add(what + " " + each + " is added");
      } else if (!after.contains(each)) {
        changes.add(what + " " + each + " is removed");
      }
    }
  }

  void notCompared(String what, String why) {
    warnings.add(what + " could not be compared: " + why);
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new TreeSet<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
