package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads one environment of a document. Used once. */
final class ProjectReader {

  private static final Pattern NAME = Pattern.compile("[a-z0-9_][a-z0-9_-]*");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final Path folder;
  private final Document document;
  private final Optional<String> environment;
  private final Findings findings;
  private final View view;

  ProjectReader(Path folder, Document document, Optional<String> environment) {
    this.folder = folder;
    this.document = document;
    this.environment = environment;
    findings = new Findings(document);
    view = View.of(document, environment, findings);
  }

  WranglerProject read() {
    checkKeys();
    String name = name();
    Path main = main();
    ObjectNode metadata = metadata(main);
    Triggers triggers = new Triggers(view, findings);
    ObjectNode subdomain = triggers.subdomain();
    Optional<ArrayNode> routes = triggers.routes();
    Optional<ArrayNode> crons = triggers.crons();
    ObjectNode scriptSettings = scriptSettings();
    Optional<String> account = text("account_id");
    List<String> tags = tags();
    findings.throwFaults();
    return new WranglerProject(
        name,
        account,
        main,
        metadata,
        subdomain,
        scriptSettings,
        tags,
        routes,
        crons,
        findings.warnings());
  }

  String readName() {
    String name = name();
    findings.throwFaults();
    return name;
  }

  private void checkKeys() {
    for (Setting setting : view.everything()) {
      String key = setting.pointer().substring(setting.pointer().lastIndexOf('/') + 1);
      Optional<Key> known = Key.of(key);
      boolean applies =
          view.find(key).filter(found -> found.pointer().equals(setting.pointer())).isPresent();
      if (known.isEmpty()) {
        findings.warn(setting.pointer(), "\"" + key + "\" is unknown and was ignored");
      } else if (known.get().use() == Key.Use.REFUSED && applies && !isEmpty(setting)) {
        findings.fault(
            setting.pointer(),
            "\""
                + key
                + "\" changes what is deployed and this version of Dirk cannot carry it;"
                + " deploy this Worker with wrangler");
      } else if (known.get().scope() == Key.Scope.OWN
          && !applies
          && view.find(key).isEmpty()
          && !isEmpty(setting)) {
        findings.warn(
            setting.pointer(),
            "\"" + key + "\" of the top level does not apply to this environment");
      }
    }
  }

  private static boolean isEmpty(Setting setting) {
    return setting.value().isNull()
        || (setting.value().isContainerNode() && setting.value().isEmpty())
        || (setting.value().isBoolean() && !setting.value().asBoolean());
  }

  private String name() {
    Optional<Setting> own = view.atOwn("name");
    Optional<Setting> setting = own.or(() -> view.atTop("name"));
    if (setting.isEmpty()) {
      findings.fault("", "\"name\" is missing: what is the Worker called?");
      return "";
    }
    String text = findings.text(setting.get(), "\"name\"").orElse("");
    String name = own.isPresent() ? text : text + environment.map(it -> "-" + it).orElse("");
    if (!text.isEmpty() && !NAME.matcher(name).matches()) {
      findings.fault(
          setting.get().pointer(),
          "the Worker's name must be lower-case letters, digits, hyphens and underscores: " + name);
    }
    return name;
  }

  private Path main() {
    Optional<Setting> setting = view.find("main");
    if (setting.isEmpty()) {
      findings.fault("", "\"main\" is missing: which module is the Worker?");
      return folder;
    }
    String text = findings.text(setting.get(), "\"main\"").orElse("");
    Path main = folder.resolve(text).normalize();
    if (!text.isEmpty() && !text.endsWith(".js") && !text.endsWith(".mjs")) {
      findings.fault(
          setting.get().pointer(),
          "\"main\" must be a built ES module (.js or .mjs), because Dirk does not bundle: "
              + text);
    } else if (!text.isEmpty() && !Files.isRegularFile(main)) {
      findings.fault(
          setting.get().pointer(), "\"main\" is not there: " + text + "; build it first");
    }
    return main;
  }

  private ObjectNode metadata(Path main) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    metadata.put("main_module", String.valueOf(main.getFileName()));
    metadata.set("bindings", Bindings.of(view, findings));
    text("compatibility_date")
        .ifPresentOrElse(
            date -> metadata.put("compatibility_date", date),
            () -> findings.fault("", "\"compatibility_date\" is missing"));
    view.find("compatibility_date")
        .filter(date -> !DATE.matcher(date.value().asText("")).matches())
        .ifPresent(
            date -> findings.fault(date.pointer(), "\"compatibility_date\" must be YYYY-MM-DD"));
    ArrayNode flags = metadata.putArray("compatibility_flags");
    view.find("compatibility_flags")
        .ifPresent(
            setting -> findings.texts(setting, "\"compatibility_flags\"").forEach(flags::add));
    ArrayNode kept = metadata.putArray("keep_bindings");
    if (flag("keep_vars").orElse(false)) {
      kept.add("plain_text").add("json");
    }
    kept.add("secret_text").add("secret_key");
    flag("logpush").ifPresent(logpush -> metadata.put("logpush", logpush));
    placement(metadata);
    view.find("tail_consumers")
        .ifPresent(
            setting -> {
              findings.list(setting, "\"tail_consumers\"");
              metadata.set("tail_consumers", setting.value());
            });
    object(metadata, "limits");
    object(metadata, "observability");
    return metadata;
  }

  private void placement(ObjectNode metadata) {
    view.find("placement")
        .filter(setting -> findings.isObject(setting, "\"placement\""))
        .ifPresent(
            setting -> {
              String mode = setting.value().path("mode").asText("");
              if (mode.equals("smart")) {
                metadata.set("placement", setting.value());
              } else if (!mode.equals("off")) {
                findings.fault(
                    setting.pointer(), "\"placement.mode\" must be \"smart\" or \"off\"");
              }
            });
  }

  private ObjectNode scriptSettings() {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    flag("logpush").ifPresent(logpush -> settings.put("logpush", logpush));
    view.find("tail_consumers")
        .ifPresent(setting -> settings.set("tail_consumers", setting.value()));
    settings.putObject("observability").put("enabled", false);
    object(settings, "observability");
    return settings;
  }

  private void object(ObjectNode carrier, String key) {
    view.find(key)
        .filter(setting -> findings.isObject(setting, "\"" + key + "\""))
        .ifPresent(setting -> carrier.set(key, setting.value()));
  }

  private List<String> tags() {
    if (!document.root().path("env").isObject() || document.root().path("env").isEmpty()) {
      return List.of();
    }
    Optional<String> service =
        view.atTop("name").map(setting -> "cf:service=" + setting.value().asText());
    return Stream.concat(
            service.stream(), environment.map(name -> "cf:environment=" + name).stream())
        .toList();
  }

  private Optional<String> text(String key) {
    return view.find(key).flatMap(setting -> findings.text(setting, "\"" + key + "\""));
  }

  private Optional<Boolean> flag(String key) {
    return view.find(key).flatMap(setting -> findings.flag(setting, "\"" + key + "\""));
  }
}
