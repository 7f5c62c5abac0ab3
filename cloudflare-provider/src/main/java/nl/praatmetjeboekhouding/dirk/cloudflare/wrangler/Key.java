package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about a top-level key of a wrangler file.
 *
 * @param scope which environments it applies to
 * @param use what is done with it
 * @param form what its value must be
 */
record Key(Scope scope, Use use, Form form) {

  /** Which environments a key applies to. */
  enum Scope {
    /** An environment without it has the top level's. */
    INHERITED,
    /** An environment has its own or none. */
    OWN,
    /** Only the top level may have it; it applies everywhere. */
    TOP
  }

  /** What is done with a key. */
  enum Use {
    /** It takes part in the deploy. */
    CARRIED,
    /** The bundler applies it: a fault where the modules do not come from a build. */
    BUNDLED,
    /** It has no part in what is deployed. */
    WITHOUT_EFFECT,
    /** It changes what is deployed and cannot be carried: a fault. */
    REFUSED,
    /** wrangler no longer takes it: a fault, whatever it says. */
    REMOVED
  }

  private static final Map<String, Key> ALL = all();

  /** The key of this name, or empty if wrangler knows none. */
  static Optional<Key> of(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  private static Map<String, Key> all() {
    Map<String, Key> keys = new HashMap<>();
    inherited(keys);
    own(keys);
    top(keys);
    return Map.copyOf(keys);
  }

  private static void inherited(Map<String, Key> keys) {
    Scope scope = Scope.INHERITED;
    add(keys, scope, Use.CARRIED, WorkerName.FORM, "name");
    add(keys, scope, Use.CARRIED, Form.TEXT, "main base_dir");
    add(keys, scope, Use.CARRIED, Form.ANY_TEXT, "account_id");
    add(keys, scope, Use.CARRIED, Form.DAY, "compatibility_date");
    add(keys, scope, Use.CARRIED, Form.TEXTS, "compatibility_flags");
    add(keys, scope, Use.CARRIED, Form.FLAG, "workers_dev preview_urls logpush");
    add(keys, scope, Use.CARRIED, Form.FLAG, "no_bundle find_additional_modules");
    add(keys, scope, Use.CARRIED, Form.FLAG, "upload_source_maps preserve_file_names");
    add(keys, scope, Use.CARRIED, RouteForm.ONE, "route");
    add(keys, scope, Use.CARRIED, RouteForm.MANY, "routes");
    add(keys, scope, Use.CARRIED, Forms.TRIGGERS, "triggers");
    add(keys, scope, Use.CARRIED, Forms.LIMITS, "limits");
    add(keys, scope, Use.CARRIED, Forms.OBSERVABILITY, "observability");
    add(keys, scope, Use.CARRIED, Placement.FORM, "placement");
    add(keys, scope, Use.CARRIED, ModuleRules.FORM, "rules");
    add(keys, scope, Use.CARRIED, Migrations.FORM, "migrations");
    add(keys, scope, Use.CARRIED, Forms.EXPORTS, "exports");
    add(keys, scope, Use.CARRIED, PythonPackages.FORM, "python_modules");
    add(keys, scope, Use.WITHOUT_EFFECT, Form.FLAG, "minify keep_names");
    add(keys, scope, Use.WITHOUT_EFFECT, Form.ANY_TEXT, "tsconfig jsx_factory jsx_fragment");
    add(keys, scope, Use.WITHOUT_EFFECT, Forms.OBJECT, "previews");
    add(keys, scope, Use.BUNDLED, Form.ANYTHING, "build");
    add(keys, scope, Use.CARRIED, StaticAssets.FORM, "assets");
    add(keys, scope, Use.CARRIED, Forms.LOG_FORWARDING, "logfwdr");
    add(keys, scope, Use.CARRIED, Forms.CACHE, "cache");
    add(keys, scope, Use.CARRIED, Forms.REGION, "compliance_region");
    add(keys, scope, Use.WITHOUT_EFFECT, Forms.ACCESS, "access");
    add(keys, scope, Use.REFUSED, Form.FLAG, "first_party_worker");
    add(keys, scope, Use.REMOVED, Form.ANYTHING, "node_compat");
  }

  private static void own(Map<String, Key> keys) {
    Scope scope = Scope.OWN;
    BindingKind.ALL.stream()
        .filter(kind -> !kind.equals(BindingKind.LOG_FORWARDING))
        .forEach(kind -> add(keys, scope, Use.CARRIED, kind.form(), kind.key()));
    add(keys, scope, Use.CARRIED, Forms.VARS, "vars");
    add(keys, scope, Use.CARRIED, Forms.SECRETS, "secrets");
    add(keys, scope, Use.CARRIED, Forms.TAIL_CONSUMERS, "tail_consumers");
    add(keys, scope, Use.CARRIED, Forms.STREAMING_TAIL_CONSUMERS, "streaming_tail_consumers");
    add(keys, scope, Use.CARRIED, Forms.UNSAFE, "unsafe");
    add(keys, scope, Use.WITHOUT_EFFECT, Forms.CONNECT, "connect");
    add(keys, scope, Use.BUNDLED, Form.objectOf(Form.ANY_TEXT), "define");
    add(keys, scope, Use.REFUSED, Form.ANYTHING, "containers cloudchamber");
  }

  private static void top(Map<String, Key> keys) {
    Scope scope = Scope.TOP;
    add(keys, scope, Use.CARRIED, Form.FLAG, "keep_vars");
    add(keys, scope, Use.CARRIED, Form.ANYTHING, "env");
    add(keys, scope, Use.WITHOUT_EFFECT, Form.ANY_TEXT, "$schema");
    add(keys, scope, Use.WITHOUT_EFFECT, Form.FLAG, "send_metrics");
    add(keys, scope, Use.WITHOUT_EFFECT, Form.ANYTHING, "topLevelName targetEnvironment");
    add(keys, scope, Use.WITHOUT_EFFECT, Form.ANYTHING, "definedEnvironments");
    add(keys, scope, Use.WITHOUT_EFFECT, Form.ANYTHING, "configPath userConfigPath");
    add(keys, scope, Use.WITHOUT_EFFECT, Forms.DEV, "dev");
    add(keys, scope, Use.WITHOUT_EFFECT, Forms.OBJECT, "dependencies_instrumentation");
    add(keys, scope, Use.BUNDLED, Form.objectOf(Form.ANY_TEXT), "alias");
    add(keys, scope, Use.CARRIED, Site.FORM, "site");
    add(keys, scope, Use.CARRIED, Blobs.FORM, "wasm_modules text_blobs data_blobs");
    add(keys, scope, Use.REFUSED, Form.TEXTS, "addresses");
    add(keys, scope, Use.REMOVED, Form.ANYTHING, "legacy_env");
  }

  private static void add(Map<String, Key> keys, Scope scope, Use use, Form form, String names) {
    for (String name : names.split(" ", -1)) {
      keys.put(name, new Key(scope, use, form));
    }
  }
}
