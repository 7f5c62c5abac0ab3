package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Turns the bindings of an environment into what is sent, in wrangler's order. */
final class Bindings {

  private final View view;
  private final Findings findings;
  private final ArrayNode sent = JsonNodeFactory.instance.arrayNode();
  private final Set<String> names = new HashSet<>();

  private Bindings(View view, Findings findings) {
    this.view = view;
    this.findings = findings;
  }

  static ArrayNode of(View view, Findings findings) {
    Bindings bindings = new Bindings(view, findings);
    bindings.vars();
    BindingKind.ALL.forEach(bindings::kind);
    view.find("unsafe").ifPresent(bindings::unsafe);
    return bindings.sent;
  }

  private void vars() {
    view.vars()
        .filter(vars -> findings.isObject(vars, "vars"))
        .ifPresent(
            vars -> {
              vars.value().properties().stream()
                  .filter(entry -> entry.getValue().isTextual())
                  .forEach(
                      entry ->
                          add(vars.child(entry.getKey()), entry.getKey(), "plain_text")
                              .set("text", entry.getValue()));
              vars.value().properties().stream()
                  .filter(entry -> !entry.getValue().isTextual())
                  .forEach(
                      entry ->
                          add(vars.child(entry.getKey()), entry.getKey(), "json")
                              .set("json", entry.getValue()));
            });
  }

  /** Bindings of kinds that nobody here knows: sent as they stand. */
  private void unsafe(Setting unsafe) {
    Setting list = unsafe.child("bindings");
    if (list.value().isMissingNode()) {
      return;
    }
    for (Setting binding : findings.list(list, "unsafe.bindings")) {
      String name = binding.value().path("name").asText("");
      String type = binding.value().path("type").asText("");
      if (name.isBlank() || type.isBlank()) {
        findings.fault(
            binding.pointer(), "each of unsafe.bindings needs a \"name\" and a \"type\"");
      } else {
        add(binding, name, type).setAll((ObjectNode) binding.value());
      }
    }
  }

  private void kind(BindingKind kind) {
    view.find(kind.key()).ifPresent(setting -> members(kind, setting).forEach(it -> one(kind, it)));
  }

  private List<Setting> members(BindingKind kind, Setting setting) {
    if (kind.single()) {
      return List.of(setting);
    }
    if (kind.list().isEmpty()) {
      return findings.list(setting, kind.key());
    }
    if (!findings.isObject(setting, kind.key())) {
      return List.of();
    }
    setting.value().properties().stream()
        .map(java.util.Map.Entry::getKey)
        .filter(member -> !member.equals(kind.list()))
        .filter(member -> !absent(setting.value().path(member)))
        .forEach(
            member ->
                findings.fault(
                    setting.child(member).pointer(),
                    kind.key() + "." + member + " cannot be deployed by this version of Dirk"));
    Setting list = setting.child(kind.list());
    return list.value().isMissingNode()
        ? List.of()
        : findings.list(list, kind.key() + "." + kind.list());
  }

  private void one(BindingKind kind, Setting setting) {
    if (!findings.isObject(setting, "each of " + kind.key())) {
      return;
    }
    String name = setting.value().path(kind.name()).asText("");
    if (name.isBlank()) {
      findings.fault(setting.pointer(), kind.key() + " needs \"" + kind.name() + "\"");
      return;
    }
    kind.needed().stream()
        .sorted()
        .filter(member -> absent(setting.value().path(member)))
        .forEach(
            member ->
                findings.fault(
                    setting.pointer(), kind.key() + " " + name + " needs \"" + member + "\""));
    ObjectNode binding = add(setting, name, kind.type());
    for (BindingKind.Member member : kind.sent()) {
      JsonNode value = setting.value().path(member.file());
      if (!absent(value)) {
        binding.set(member.there(), member.form().apply(value));
      }
    }
  }

  private ObjectNode add(Setting setting, String name, String type) {
    if (!names.add(name)) {
      findings.fault(setting.pointer(), "there is more than one binding " + name);
    }
    return sent.addObject().put("name", name).put("type", type);
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.asText().isBlank());
  }
}
