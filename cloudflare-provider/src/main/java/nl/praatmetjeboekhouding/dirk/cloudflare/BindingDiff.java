package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells in what the bindings of a version that would be uploaded differ from those that serve,
 * sorted by name. What a variable holds is not told, since it may be a secret.
 */
final class BindingDiff {

  private final BindingWords words;
  private final Map<String, JsonNode> serving;
  private final Map<String, JsonNode> newest;
  private final Sentences sentences;

  /**
   * Compares with what is there.
   *
   * @param serving the bindings of the version that serves
   * @param newest those of the newest version, which an upload inherits
   */
  BindingDiff(String worker, JsonNode serving, JsonNode newest, Sentences sentences) {
    words = new BindingWords(worker);
    this.serving = byName(serving);
    this.newest = byName(newest);
    this.sentences = sentences;
  }

  void tell(ObjectNode metadata) {
    Map<String, JsonNode> wanted = wanted(metadata);
    TreeSet<String> names = new TreeSet<>(serving.keySet());
    names.addAll(wanted.keySet());
    for (String name : names) {
      tell(name, Optional.ofNullable(serving.get(name)), Optional.ofNullable(wanted.get(name)));
    }
  }

  /** The secrets that serve and that the upload keeps, by name. */
  List<String> keptSecrets(ObjectNode metadata) {
    Map<String, JsonNode> wanted = wanted(metadata);
    return serving.entrySet().stream()
        .filter(entry -> BindingWords.isSecret(entry.getValue()))
        .map(Map.Entry::getKey)
        .filter(
            name ->
                Optional.ofNullable(wanted.get(name)).filter(BindingWords::isSecret).isPresent())
        .toList();
  }

  /** What the version will have: what is sent, and what it keeps of the newest version. */
  private Map<String, JsonNode> wanted(ObjectNode metadata) {
    Map<String, JsonNode> wanted = new TreeMap<>();
    for (JsonNode binding : metadata.path("bindings")) {
      String name = binding.path("name").asText();
      if (binding.path("type").asText().equals("inherit")) {
        JsonNode inherited = newest.get(binding.path("old_name").asText(name));
        Optional.ofNullable(inherited).ifPresent(kept -> wanted.put(name, kept));
      } else {
        wanted.put(name, binding);
      }
    }
    Set<String> kept = new HashSet<>();
    metadata.path("keep_bindings").forEach(type -> kept.add(type.asText()));
    newest.forEach(
        (name, binding) -> {
          if (kept.contains(binding.path("type").asText())) {
            wanted.putIfAbsent(name, binding);
          }
        });
    return wanted;
  }

  private void tell(String name, Optional<JsonNode> from, Optional<JsonNode> to) {
    if (from.isEmpty()) {
      added(name, to.orElseThrow());
    } else if (to.isEmpty()) {
      sentences.change(words.subject(name, from.get()) + " is removed" + now(from.get()));
    } else {
      changed(name, from.get(), to.get());
    }
  }

  private void added(String name, JsonNode to) {
    String because =
        BindingWords.isSecret(to) ? ": it was set since what serves was uploaded" : now(to);
    sentences.change(words.subject(name, to) + " is added" + because);
  }

  private String now(JsonNode binding) {
    return BindingWords.isValue(binding) ? "" : ": " + words.described(binding);
  }

  private void changed(String name, JsonNode from, JsonNode to) {
    if (!from.path("type").equals(to.path("type"))) {
      String subject = words.subject(name, to);
      sentences.change(
          (subject.equals(words.subject(name, from)) ? subject : "Binding " + name)
              + " changes from "
              + words.described(from)
              + " to "
              + words.described(to));
      return;
    }
    List<String> differing = words.differing(from, to);
    if (differing.isEmpty()) {
      return;
    }
    if (BindingWords.isValue(to)) {
      sentences.change(words.subject(name, to) + " gets another value");
    } else if (!words.isKnown(to) && Covers.all(from, to)) {
      sentences.notCompared(
          words.subject(name, to),
          "Cloudflare tells more of it than is sent: " + String.join(", ", differing));
    } else if (words.described(from).equals(words.described(to))) {
      sentences.change(
          words.subject(name, to)
              + ", "
              + words.described(to)
              + ", changes its "
              + String.join(", ", differing));
    } else {
      List<String> silent = new ArrayList<>(differing);
      silent.removeAll(words.shown(to));
      sentences.change(
          words.subject(name, to)
              + " changes from "
              + words.described(from)
              + " to "
              + words.described(to)
              + (silent.isEmpty() ? "" : ", and its " + String.join(", ", silent)));
    }
  }

  private static Map<String, JsonNode> byName(JsonNode bindings) {
    Map<String, JsonNode> byName = new TreeMap<>();
    bindings.forEach(binding -> byName.put(binding.path("name").asText(), binding));
    return byName;
  }
}
