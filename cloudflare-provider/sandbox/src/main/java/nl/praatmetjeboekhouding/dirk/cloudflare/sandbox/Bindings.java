package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Works out the bindings of a new version from what was sent and what the version before had. */
final class Bindings {

  private Bindings() {}

  /**
   * The complete bindings: those sent, {@code inherit} replaced by what it stands for, and those
   * kept by type.
   *
   * @param strict whether an {@code inherit} that stands for nothing is refused or left out
   */
  static List<ObjectNode> resolve(JsonNode metadata, List<ObjectNode> previous, boolean strict) {
    List<ObjectNode> resolved = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode sent : metadata.path("bindings")) {
      String name = sent.path("name").asText();
      if (name.isEmpty()) {
        throw new Refusal(400, 10052, "a binding has no name");
      }
      names.add(name);
      if (!sent.path("type").asText().equals("inherit")) {
        resolved.add(sent.deepCopy());
        continue;
      }
      Optional<ObjectNode> inherited = named(previous, sent.path("old_name").asText(name));
      if (inherited.isEmpty() && strict) {
        throw new Refusal(
            400, 10057, "binding " + name + " inherits, but the version before has no such one");
      }
      inherited.ifPresent(binding -> resolved.add(binding.deepCopy().put("name", name)));
    }
    Set<String> kept = new HashSet<>();
    metadata.path("keep_bindings").forEach(type -> kept.add(type.asText()));
    previous.stream()
        .filter(binding -> kept.contains(binding.path("type").asText()))
        .filter(binding -> !names.contains(binding.path("name").asText()))
        .forEach(resolved::add);
    return resolved;
  }

  /** The bindings with some secrets set and others taken away. */
  static List<ObjectNode> patch(List<ObjectNode> bindings, List<ObjectNode> set, Set<String> gone) {
    Set<String> replaced = new HashSet<>(gone);
    set.forEach(binding -> replaced.add(binding.path("name").asText()));
    List<ObjectNode> patched = new ArrayList<>(bindings);
    patched.removeIf(binding -> replaced.contains(binding.path("name").asText()));
    patched.addAll(set);
    return patched;
  }

  /** Whether a binding holds what nobody may read back. */
  static boolean isSecret(JsonNode binding) {
    return binding.path("type").asText().startsWith("secret_");
  }

  private static Optional<ObjectNode> named(List<ObjectNode> bindings, String name) {
    return bindings.stream()
        .filter(binding -> binding.path("name").asText().equals(name))
        .findFirst();
  }
}
