package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Turns the bindings of an environment into what is sent, in wrangler's order. Whether they have
 * the form that wrangler takes is looked at elsewhere: what has not is passed over.
 */
final class Bindings {

  /** What wrangler can make, and Dirk cannot. */
  private static final Set<String> NEVER_MADE =
      Set.of("ai_search_namespaces", "agent_memory", "flagship");

  /** What a binding may leave unsaid if it is to be made. */
  private static final Map<String, String> MAKABLE =
      Map.of(
          "kv_namespaces", "id",
          "d1_databases", "database_id",
          "r2_buckets", "bucket_name",
          "queues", "queue",
          "dispatch_namespaces", "namespace");

  private final View view;
  private final Findings findings;
  private final ArrayNode sent = JsonNodeFactory.instance.arrayNode();
  private final Set<String> names = new HashSet<>();

  private Bindings(View view, Findings findings) {
    this.view = view;
    this.findings = findings;
  }

  /**
   * All of them.
   *
   * @param modules what a service worker knows as variables besides what the file names
   */
  static ArrayNode of(View view, List<ModuleFile> modules, Findings findings) {
    Bindings bindings = new Bindings(view, findings);
    bindings.vars();
    for (BindingKind kind : BindingKind.ALL) {
      bindings.kind(kind);
      if (kind.equals(BindingKind.LOG_FORWARDING)) {
        bindings.blobs("wasm_modules", "wasm_module");
      }
    }
    StaticAssets.binding(view)
        .ifPresent(setting -> bindings.add(setting, setting.value().asText(), "assets"));
    bindings.blobs("text_blobs", "text_blob");
    bindings.blobs("data_blobs", "data_blob");
    view.find("unsafe").ifPresent(bindings::unsafe);
    modules.forEach(bindings::module);
    view.find("secrets").ifPresent(bindings::secrets);
    return bindings.sent;
  }

  /** A secret that is required is a binding too, unless the caller says that it is a variable. */
  private void secrets(Setting secrets) {
    for (Setting name : members(secrets.child("required"))) {
      String text = name.value().asText();
      if (names.contains(text) && !view.isCallersVar(text)) {
        findings.fault(name.pointer(), "there is more than one binding " + text);
      }
    }
  }

  private void vars() {
    view.vars()
        .filter(vars -> vars.value().isObject())
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
    for (Setting binding : members(unsafe.child("bindings"))) {
      if (binding.value() instanceof ObjectNode told) {
        add(binding, told.path("name").asText(), told.path("type").asText()).setAll(told);
      }
    }
  }

  private void blobs(String key, String type) {
    view.find(key)
        .filter(files -> files.value().isObject())
        .ifPresent(
            files ->
                files
                    .value()
                    .fieldNames()
                    .forEachRemaining(
                        name -> add(files.child(name), name, type).put("part", name)));
  }

  private void module(ModuleFile module) {
    String name = module.name();
    add(new Setting("", NullNode.getInstance()), name, Blobs.binding(module)).put("part", name);
  }

  private void kind(BindingKind kind) {
    view.find(kind.key()).ifPresent(setting -> members(kind, setting).forEach(it -> one(kind, it)));
  }

  private List<Setting> members(BindingKind kind, Setting setting) {
    if (kind.single()) {
      return List.of(setting);
    }
    if (kind.list().isEmpty()) {
      return members(setting);
    }
    return members(setting.child(kind.list()));
  }

  private static List<Setting> members(Setting list) {
    return IntStream.range(0, list.value().isArray() ? list.value().size() : 0)
        .mapToObj(list::child)
        .toList();
  }

  private void one(BindingKind kind, Setting setting) {
    JsonNode named = setting.value().path(kind.name());
    if (!named.isTextual()) {
      return;
    }
    String name = named.asText();
    ObjectNode binding = add(setting, name, kind.type());
    for (BindingKind.Member member : kind.members()) {
      JsonNode value = setting.value().path(member.file());
      if (member.needed() && value.isMissingNode()) {
        lacks(kind, member, setting, name);
      } else if (!member.there().isEmpty() && !absent(value)) {
        binding.set(member.there(), member.shape().apply(value));
      }
    }
  }

  /** What can be made need not be named, if it may be made. */
  private void lacks(BindingKind kind, BindingKind.Member member, Setting setting, String name) {
    boolean makable = member.file().equals(MAKABLE.get(kind.key()));
    if (makable && view.consents().contains(Consent.NEW_RESOURCES)) {
      return;
    }
    findings.fault(
        setting.pointer(),
        kind.key()
            + " "
            + name
            + " needs \""
            + member.file()
            + "\""
            + (makable ? ", or leave to be made what is missing" : "")
            + (NEVER_MADE.contains(kind.key()) ? "; make it first, for Dirk makes none" : ""));
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
