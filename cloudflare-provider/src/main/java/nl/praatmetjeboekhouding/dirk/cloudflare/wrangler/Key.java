package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about a top-level key of a wrangler file.
 *
 * @param scope which environments it applies to
 * @param use what is done with it
 */
record Key(Scope scope, Use use) {

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
    REFUSED
  }

  private static final Map<String, Key> ALL = all();

  /** The key of this name, or empty if wrangler knows none. */
  static Optional<Key> of(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  private static Map<String, Key> all() {
    Map<String, Key> keys = new HashMap<>();
    add(
        keys,
        Scope.INHERITED,
        Use.CARRIED,
        "name account_id compatibility_date compatibility_flags");
    add(keys, Scope.INHERITED, Use.CARRIED, "main route routes workers_dev preview_urls triggers");
    add(keys, Scope.INHERITED, Use.CARRIED, "limits placement logpush observability");
    add(keys, Scope.INHERITED, Use.CARRIED, "no_bundle find_additional_modules rules base_dir");
    add(keys, Scope.INHERITED, Use.CARRIED, "upload_source_maps migrations");
    add(keys, Scope.INHERITED, Use.WITHOUT_EFFECT, "minify keep_names tsconfig previews");
    add(keys, Scope.INHERITED, Use.WITHOUT_EFFECT, "jsx_factory jsx_fragment preserve_file_names");
    add(keys, Scope.INHERITED, Use.REFUSED, "assets exports");
    add(keys, Scope.INHERITED, Use.BUNDLED, "build");
    add(keys, Scope.INHERITED, Use.REFUSED, "cache access logfwdr");
    add(keys, Scope.INHERITED, Use.REFUSED, "first_party_worker compliance_region python_modules");
    BindingKind.ALL.forEach(kind -> add(keys, Scope.OWN, Use.CARRIED, kind.key()));
    add(keys, Scope.OWN, Use.CARRIED, "vars tail_consumers");
    add(keys, Scope.OWN, Use.BUNDLED, "define");
    add(keys, Scope.OWN, Use.REFUSED, "secrets workflows containers cloudchamber");
    add(keys, Scope.OWN, Use.CARRIED, "unsafe");
    add(keys, Scope.OWN, Use.REFUSED, "streaming_tail_consumers websearch agent_memory");
    add(keys, Scope.OWN, Use.REFUSED, "artifacts flagship unsafe_hello_world connect");
    add(keys, Scope.TOP, Use.CARRIED, "keep_vars env");
    add(keys, Scope.TOP, Use.WITHOUT_EFFECT, "$schema send_metrics dev");
    add(keys, Scope.TOP, Use.WITHOUT_EFFECT, "dependencies_instrumentation");
    add(keys, Scope.TOP, Use.BUNDLED, "alias");
    add(keys, Scope.TOP, Use.REFUSED, "site wasm_modules text_blobs data_blobs addresses");
    return Map.copyOf(keys);
  }

  private static void add(Map<String, Key> keys, Scope scope, Use use, String names) {
    for (String name : names.split(" ", -1)) {
      keys.put(name, new Key(scope, use));
    }
  }
}
