package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
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

  ProjectReader(Path folder, Document document, Optional<String> environment, Overrides overrides) {
    this.folder = folder;
    this.document = document;
    this.environment = environment;
    findings = new Findings(document);
    view = View.of(document, environment, overrides, findings);
  }

  WranglerProject read() {
    new KeyCheck(view, findings).check();
    String name = name();
    Optional<MainScript> main = MainScript.of(folder, view, findings);
    List<ModuleFile> modules =
        main.map(script -> new ModuleFiles(folder, view, script, findings).find())
            .orElse(List.of());
    ObjectNode metadata = metadata(main, modules);
    Triggers triggers = new Triggers(view, findings);
    ObjectNode subdomain = triggers.subdomain();
    Optional<ArrayNode> routes = triggers.routes();
    Optional<ArrayNode> crons = triggers.crons();
    ObjectNode scriptSettings = scriptSettings();
    Optional<String> account = text("account_id");
    List<String> tags = tags();
    List<ObjectNode> migrations = migrations();
    findings.throwFaults();
    return new WranglerProject(
        name,
        account,
        modules,
        metadata,
        subdomain,
        scriptSettings,
        tags,
        routes,
        migrations,
        crons,
        findings.warnings());
  }

  String readName() {
    String name = name();
    findings.throwFaults();
    return name;
  }

  Optional<String> readAccount() {
    Optional<String> account = text("account_id");
    findings.throwFaults();
    return account;
  }

  Optional<ArrayNode> readRoutes() {
    Optional<ArrayNode> routes = new Triggers(view, findings).routes();
    findings.throwFaults();
    return routes;
  }

  private String name() {
    Optional<Setting> own = view.override("name").or(() -> view.atOwn("name"));
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

  private ObjectNode metadata(Optional<MainScript> main, List<ModuleFile> modules) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    main.ifPresent(script -> main(metadata, script, modules));
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
    if (findings.flag(view, "keep_vars").orElse(false)) {
      kept.add("plain_text").add("json");
    }
    kept.add("secret_text").add("secret_key");
    findings.flag(view, "logpush").ifPresent(logpush -> metadata.put("logpush", logpush));
    placement(metadata);
    view.find("tail_consumers")
        .ifPresent(
            setting -> {
              findings.list(setting, "\"tail_consumers\"");
              metadata.set("tail_consumers", setting.value());
            });
    object(metadata, "limits");
    object(metadata, "observability");
    unsafe(metadata);
    return metadata;
  }

  private void main(ObjectNode metadata, MainScript main, List<ModuleFile> modules) {
    boolean serviceWorker = main.type() == ModuleType.COMMON_JS;
    metadata.put(serviceWorker ? "body_part" : "main_module", main.name());
    boolean alone = modules.stream().skip(1).allMatch(module -> module.isSourceMap());
    if (serviceWorker && !alone) {
      findings.fault(
          view.find("main").map(Setting::pointer).orElse(""),
          "\"main\" exports nothing by default, so that it is a service worker, and one with other"
              + " modules cannot be deployed by this version of Dirk; make it an ES module");
    }
  }

  private void placement(ObjectNode metadata) {
    view.find("placement")
        .filter(setting -> findings.isObject(setting, "\"placement\""))
        .flatMap(setting -> Placement.of(setting, findings))
        .ifPresent(placement -> metadata.set("placement", placement));
  }

  /** Metadata that nobody here knows: sent as it stands, over all else. */
  private void unsafe(ObjectNode metadata) {
    Optional<Setting> unsafe =
        view.find("unsafe").filter(setting -> findings.isObject(setting, "\"unsafe\""));
    unsafe
        .map(setting -> setting.child("capnp"))
        .filter(capnp -> !capnp.value().isMissingNode())
        .ifPresent(
            capnp ->
                findings.fault(
                    capnp.pointer(), "unsafe.capnp cannot be deployed by this version of Dirk"));
    unsafe
        .map(setting -> setting.child("metadata"))
        .filter(more -> more.value().isObject())
        .ifPresent(more -> metadata.setAll((ObjectNode) more.value()));
  }

  private ObjectNode scriptSettings() {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    findings.flag(view, "logpush").ifPresent(logpush -> settings.put("logpush", logpush));
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

  private List<ObjectNode> migrations() {
    List<ObjectNode> migrations = new ArrayList<>();
    for (Setting migration :
        view.find("migrations")
            .map(setting -> findings.list(setting, "\"migrations\""))
            .orElse(List.of())) {
      if (migration.value() instanceof ObjectNode step
          && !step.path("tag").asText("").isBlank()) {
        migrations.add(step);
      } else {
        findings.fault(migration.pointer(), "each of \"migrations\" needs a \"tag\"");
      }
    }
    return migrations;
  }

  /** Only if environments are declared; an environment is told only with its service. */
  private List<String> tags() {
    Optional<String> service =
        view.atTop("name")
            .filter(setting -> !document.root().path("env").isEmpty())
            .map(setting -> "cf:service=" + setting.value().asText());
    Optional<String> own = service.flatMap(any -> environment.map(it -> "cf:environment=" + it));
    return Stream.concat(service.stream(), own.stream()).toList();
  }

  private Optional<String> text(String key) {
    return view.find(key).flatMap(setting -> findings.text(setting, "\"" + key + "\""));
  }
}
