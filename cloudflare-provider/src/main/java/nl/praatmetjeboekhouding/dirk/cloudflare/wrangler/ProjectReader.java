package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads one environment of a document. Used once. */
final class ProjectReader {

  private final Path folder;
  private final Document document;
  private final Optional<String> environment;
  private final Optional<Redirect> redirect;
  private final Findings findings;
  private final View view;
  private final Overrides overrides;

  ProjectReader(Path folder, Document document, Optional<String> environment, Overrides overrides) {
    this(folder, document, environment, Optional.empty(), overrides);
  }

  /** Of a document that a build tool made. */
  ProjectReader(Path folder, Document document, Redirect redirect, Overrides overrides) {
    this(folder, document, Optional.empty(), Optional.of(redirect), overrides);
  }

  private ProjectReader(
      Path folder,
      Document document,
      Optional<String> environment,
      Optional<Redirect> redirect,
      Overrides overrides) {
    this.folder = folder;
    this.document = document;
    this.environment = environment;
    this.redirect = redirect;
    findings = new Findings(document);
    view = View.of(document, environment, overrides, findings);
    this.overrides = overrides;
    findings.dates(this::isOfAnotherEnvironment);
  }

  /** Nobody looks at the environments that are not chosen. */
  private boolean isOfAnotherEnvironment(String pointer) {
    return pointer.startsWith("/env/")
        && !environment.map(name -> pointer.startsWith("/env/" + name + "/")).orElse(false);
  }

  WranglerProject read() {
    new KeyCheck(view, findings).check();
    region();
    String name = name();
    Optional<MainScript> main = MainScript.of(folder, view, findings);
    List<ModuleFile> found =
        main.map(script -> new ModuleFiles(folder, view, script, findings).find())
            .orElse(List.of());
    boolean listens = main.filter(script -> script.type() == ModuleType.COMMON_JS).isPresent();
    List<ModuleFile> modules = listens ? inVariables(found) : found;
    Optional<StaticAssets> assets = StaticAssets.of(folder, view, findings);
    Optional<Site> site = Site.of(folder, view, findings);
    ObjectNode metadata = metadata(main, modules);
    Migrations.check(view, metadata, findings);
    List<ModuleFile> parts = parts(modules, main);
    Triggers triggers = new Triggers(view, findings);
    ObjectNode subdomain = triggers.subdomain();
    Optional<ArrayNode> routes = triggers.routes();
    Optional<ArrayNode> crons = triggers.crons();
    Attached attached = new Attachments(view, findings).of(name);
    ObjectNode scriptSettings = scriptSettings();
    Optional<String> account = text("account_id");
    List<String> tags = tags();
    findings.throwFaults();
    return new WranglerProject(
        name,
        account,
        parts,
        assets,
        site,
        requiredSecrets(),
        metadata,
        Migrations.of(view),
        overrides.codeUpdate(() -> CodeUpdate.of(view)),
        subdomain,
        scriptSettings,
        tags,
        routes,
        crons,
        attached,
        findings.warnings());
  }

  /** Without what a build makes: only how requests, clocks, queues and workflows reach it. */
  WranglerProject readTriggers() {
    return readTriggers(Optional.empty());
  }

  /** With the static assets, of which nothing is read but where they lie. */
  WranglerProject readTriggersAndAssets() {
    new KeyCheck(view, findings).check("assets");
    return readTriggers(StaticAssets.of(folder, view, findings));
  }

  private WranglerProject readTriggers(Optional<StaticAssets> assets) {
    new KeyCheck(view, findings)
        .check(
            "account_id",
            "route",
            "routes",
            "workers_dev",
            "preview_urls",
            "triggers",
            "queues",
            "workflows");
    String name = name();
    Triggers triggers = new Triggers(view, findings);
    ObjectNode subdomain = triggers.subdomain();
    Optional<ArrayNode> routes = triggers.routes();
    Optional<ArrayNode> crons = triggers.crons();
    Attached attached = new Attachments(view, findings).of(name);
    Optional<String> account = text("account_id");
    findings.throwFaults();
    return new WranglerProject(
        name,
        account,
        List.of(),
        assets,
        Optional.empty(),
        List.of(),
        JsonNodeFactory.instance.objectNode(),
        JsonNodeFactory.instance.arrayNode(),
        CodeUpdate.unsaid(),
        subdomain,
        JsonNodeFactory.instance.objectNode(),
        List.of(),
        routes,
        crons,
        attached,
        findings.warnings());
  }

  Bundling readBundling() {
    Bundling bundling = Bundling.of(folder, document.file(), view, findings);
    findings.throwFaults();
    return bundling;
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
    new KeyCheck(view, findings).check("route", "routes");
    Optional<ArrayNode> routes = new Triggers(view, findings).routes();
    findings.throwFaults();
    return routes;
  }

  ObjectNode readLogSettings() {
    new KeyCheck(view, findings).check("logpush", "tail_consumers", "observability");
    ObjectNode settings = logSettings();
    findings.throwFaults();
    return settings;
  }

  Optional<ObjectNode> readCodeUpdate() {
    new KeyCheck(view, findings).check("durable_objects");
    Optional<ObjectNode> update = CodeUpdate.of(view);
    findings.throwFaults();
    return update;
  }

  /** Another region is another Cloudflare, with accounts and addresses of its own. */
  private void region() {
    view.find("compliance_region")
        .filter(region -> region.value().asText().equals("fedramp_high"))
        .ifPresent(
            region ->
                findings.fault(
                    region.pointer(),
                    "\"compliance_region\" makes this a Worker of Cloudflare's FedRAMP region,"
                        + " which this version of Dirk does not reach; deploy it with wrangler"));
  }

  private String name() {
    view.atTop("pages_build_output_dir")
        .ifPresent(
            setting ->
                findings.fault(
                    setting.pointer(),
                    "\"pages_build_output_dir\" makes this a Pages project, which is no Worker; use"
                        + " Pages instead"));
    Optional<Setting> told = view.override("name");
    Optional<Setting> own = view.atOwn("name");
    Optional<Setting> setting = told.or(() -> own).or(() -> view.atTop("name"));
    if (setting.isEmpty()) {
      findings.fault("", "\"name\" is missing: what is the Worker called?");
      return "";
    }
    if (told.isEmpty()) {
      WorkerName.FORM.check(setting.get(), "name", findings);
    }
    String text = findings.text(setting.get(), "name").orElse("");
    boolean whole = told.isPresent() || own.isPresent();
    String name = whole ? text : text + environment.map(it -> "-" + it).orElse("");
    if (!text.isEmpty() && !WorkerName.isUsable(name)) {
      findings.fault(
          setting.get().pointer(),
          "a Worker cannot be called \"" + name + "\", for that is no part of an address");
    }
    return name;
  }

  private ObjectNode metadata(Optional<MainScript> main, List<ModuleFile> modules) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    main.ifPresent(script -> main(metadata, script, modules));
    List<ModuleFile> variables =
        metadata.has("body_part") ? modules.stream().filter(Blobs::canBe).toList() : List.of();
    metadata.set("bindings", Bindings.of(view, variables, findings));
    Optional<Setting> date = view.find("compatibility_date");
    if (date.isEmpty()) {
      findings.fault("", "\"compatibility_date\" is missing");
    }
    date.ifPresent(
        setting -> {
          Form.DAY.check(setting, "compatibility_date", findings);
          metadata.set("compatibility_date", setting.value());
        });
    ArrayNode flags = metadata.putArray("compatibility_flags");
    view.find("compatibility_flags")
        .ifPresent(setting -> findings.texts(setting, "compatibility_flags").forEach(flags::add));
    ArrayNode kept = metadata.putArray("keep_bindings");
    if (findings.flag(view, "keep_vars").orElse(false)) {
      kept.add("plain_text").add("json");
    }
    kept.add("secret_text").add("secret_key");
    findings.flag(view, "logpush").ifPresent(logpush -> metadata.put("logpush", logpush));
    placement(metadata);
    asItStands(metadata, "tail_consumers");
    asItStands(metadata, "streaming_tail_consumers");
    asItStands(metadata, "limits");
    asItStands(metadata, "observability");
    view.find("cache").ifPresent(cache -> metadata.set("cache_options", cache.value()));
    Migrations.exports(view, metadata);
    unsafe(metadata);
    if (StaticAssets.are(view) && view.find("main").isEmpty()) {
      metadata.retain("compatibility_date", "compatibility_flags");
    }
    return metadata;
  }

  /** The modules of a service worker, which knows all but scripts as variables. */
  private static List<ModuleFile> inVariables(List<ModuleFile> modules) {
    return modules.stream().map(module -> Blobs.canBe(module) ? Blobs.of(module) : module).toList();
  }

  /** All that is sent; what a service worker knows as variables goes first, as with wrangler. */
  private List<ModuleFile> parts(List<ModuleFile> modules, Optional<MainScript> main) {
    List<ModuleFile> parts = new ArrayList<>();
    main.ifPresent(script -> parts.addAll(new Blobs(folder, view, findings).configured(script)));
    if (main.filter(script -> script.type() == ModuleType.COMMON_JS).isPresent()) {
      modules.stream().filter(Blobs::canBe).forEach(parts::add);
      modules.stream().filter(module -> !Blobs.canBe(module)).forEach(parts::add);
    } else {
      parts.addAll(modules);
    }
    return parts;
  }

  private void main(ObjectNode metadata, MainScript main, List<ModuleFile> modules) {
    boolean serviceWorker = main.type() == ModuleType.COMMON_JS;
    metadata.put(serviceWorker ? "body_part" : "main_module", main.name());
    boolean usable = modules.stream().skip(1).allMatch(it -> it.isSourceMap() || Blobs.canBe(it));
    if (serviceWorker && !usable) {
      findings.fault(
          view.find("main").map(Setting::pointer).orElse(""),
          "\"main\" exports nothing by default, so that it is a service worker, which cannot"
              + " import other scripts; bundle them into it, or make it an ES module");
    }
  }

  private void placement(ObjectNode metadata) {
    view.find("placement")
        .flatMap(setting -> Placement.of(setting.value()))
        .ifPresent(placement -> metadata.set("placement", placement));
  }

  /** Metadata that nobody here knows: sent as it stands, over all else. */
  private void unsafe(ObjectNode metadata) {
    Optional<Setting> unsafe = view.find("unsafe");
    unsafe
        .map(setting -> setting.child("capnp"))
        .filter(capnp -> !capnp.value().isMissingNode())
        .ifPresent(
            capnp ->
                findings.fault(
                    capnp.pointer(),
                    "\"unsafe.capnp\" cannot be deployed by this version of Dirk; deploy this"
                        + " Worker with wrangler"));
    unsafe
        .map(setting -> setting.child("metadata"))
        .filter(more -> more.value().isObject())
        .ifPresent(more -> metadata.setAll((ObjectNode) more.value()));
  }

  /** What a deploy sets: logs that are not named are switched off. */
  private ObjectNode scriptSettings() {
    ObjectNode settings = logSettings();
    if (!settings.has("observability")) {
      settings.putObject("observability").put("enabled", false);
    }
    return settings;
  }

  private ObjectNode logSettings() {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    findings.flag(view, "logpush").ifPresent(logpush -> settings.put("logpush", logpush));
    asItStands(settings, "tail_consumers");
    asItStands(settings, "observability");
    return settings;
  }

  private void asItStands(ObjectNode carrier, String key) {
    view.find(key).ifPresent(setting -> carrier.set(key, setting.value()));
  }

  private List<String> tags() {
    return redirect.map(Redirect::tags).orElseGet(this::ownTags);
  }

  /** Only if environments are declared; an environment is told only with its service. */
  private List<String> ownTags() {
    Optional<String> service =
        view.atTop("name")
            .filter(setting -> !document.root().path("env").isEmpty())
            .map(setting -> "cf:service=" + setting.value().asText());
    Optional<String> own = service.flatMap(any -> environment.map(it -> "cf:environment=" + it));
    return Stream.concat(service.stream(), own.stream()).toList();
  }

  private List<String> requiredSecrets() {
    return view.find("secrets")
        .map(setting -> setting.child("required"))
        .filter(setting -> setting.value().isArray())
        .map(setting -> findings.texts(setting, "secrets.required"))
        .orElse(List.of());
  }

  private Optional<String> text(String key) {
    return view.find(key).flatMap(setting -> findings.text(setting, key));
  }
}
