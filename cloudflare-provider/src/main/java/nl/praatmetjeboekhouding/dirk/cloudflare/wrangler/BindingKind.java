package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How one kind of binding is written in a wrangler file and how it is sent.
 *
 * @param key the key in the file
 * @param list the member of {@code key} that holds the list; empty text if {@code key} itself is
 *     the list, or is a single object
 * @param single whether {@code key} is one object instead of a list
 * @param type what Cloudflare calls it
 * @param name the member that holds the binding's name
 * @param needed members that must be there, as they are called in the file
 * @param sent members that are sent, by their name in the file, with what they are called there
 * @param refused members that change what is deployed and cannot be carried
 */
record BindingKind(
    String key,
    String list,
    boolean single,
    String type,
    String name,
    Set<String> needed,
    Map<String, String> sent,
    Set<String> refused) {

  /** All kinds, in the order in which wrangler sends them. */
  static final List<BindingKind> ALL =
      List.of(
          list("kv_namespaces", "kv_namespace", "id").sends("id", "namespace_id"),
          list("send_email", "send_email")
              .named("name")
              .sends("destination_address")
              .sends("allowed_destination_addresses")
              .sends("allowed_sender_addresses"),
          list("durable_objects", "durable_object_namespace", "class_name")
              .in("bindings")
              .named("name")
              .sends("class_name")
              .sends("script_name")
              .sends("environment"),
          list("queues", "queue", "queue")
              .in("producers")
              .sends("queue", "queue_name")
              .sends("delivery_delay"),
          list("r2_buckets", "r2_bucket", "bucket_name").sends("bucket_name").sends("jurisdiction"),
          list("d1_databases", "d1", "database_id").sends("database_id", "id"),
          list("vectorize", "vectorize", "index_name").sends("index_name"),
          list("hyperdrive", "hyperdrive", "id").sends("id"),
          list("secrets_store_secrets", "secrets_store_secret", "store_id", "secret_name")
              .sends("store_id")
              .sends("secret_name"),
          list("ratelimits", "ratelimit", "namespace_id", "simple")
              .named("name")
              .sends("namespace_id")
              .sends("simple"),
          list("services", "service", "service")
              .sends("service")
              .sends("environment")
              .sends("entrypoint")
              .refuses("props", "cross_account_grant"),
          list("analytics_engine_datasets", "analytics_engine").sends("dataset"),
          list("dispatch_namespaces", "dispatch_namespace", "namespace")
              .sends("namespace")
              .refuses("outbound"),
          list("mtls_certificates", "mtls_certificate", "certificate_id").sends("certificate_id"),
          list("pipelines", "pipelines", "pipeline").sends("pipeline"),
          list("worker_loaders", "worker_loader"),
          one("browser", "browser"),
          one("ai", "ai").sends("staging"),
          one("images", "images"),
          one("version_metadata", "version_metadata"));

  private static BindingKind list(String key, String type, String... needed) {
    return new BindingKind(key, "", false, type, "binding", Set.of(needed), Map.of(), Set.of());
  }

  private static BindingKind one(String key, String type) {
    return new BindingKind(key, "", true, type, "binding", Set.of(), Map.of(), Set.of());
  }

  private BindingKind in(String member) {
    return new BindingKind(key, member, single, type, name, needed, sent, refused);
  }

  private BindingKind named(String member) {
    return new BindingKind(key, list, single, type, member, needed, sent, refused);
  }

  private BindingKind sends(String member) {
    return sends(member, member);
  }

  private BindingKind sends(String member, String there) {
    Map<String, String> more = new TreeMap<>(sent);
    more.put(member, there);
    return new BindingKind(
        key, list, single, type, name, needed, Collections.unmodifiableMap(more), refused);
  }

  private BindingKind refuses(String... members) {
    return new BindingKind(key, list, single, type, name, needed, sent, Set.of(members));
  }
}
