package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
 * @param sent members that are sent
 */
record BindingKind(
    String key,
    String list,
    boolean single,
    String type,
    String name,
    Set<String> needed,
    List<Member> sent) {

  /**
   * A member of a binding.
   *
   * @param file what it is called in the file
   * @param there what it is called when it is sent
   * @param form how its value is sent
   */
  record Member(String file, String there, UnaryOperator<JsonNode> form) {}

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
          list("ai_search_namespaces", "ai_search_namespace", "namespace").sends("namespace"),
          list("ai_search", "ai_search", "instance_name").sends("instance_name"),
          list("hyperdrive", "hyperdrive", "id").sends("id"),
          list("secrets_store_secrets", "secrets_store_secret", "store_id", "secret_name")
              .sends("store_id")
              .sends("secret_name"),
          list("ratelimits", "ratelimit", "namespace_id", "simple")
              .named("name")
              .sends("namespace_id")
              .sends("simple"),
          list("vpc_services", "vpc_service", "service_id").sends("service_id"),
          list("vpc_networks", "vpc_network").sends("tunnel_id").sends("network_id"),
          list("services", "service", "service")
              .sends("service")
              .sends("cross_account_grant")
              .sends("environment")
              .sends("entrypoint")
              .sends("props"),
          list("analytics_engine_datasets", "analytics_engine").sends("dataset"),
          list("dispatch_namespaces", "dispatch_namespace", "namespace")
              .sends("namespace")
              .sends("outbound", "outbound", BindingKind::outbound),
          list("mtls_certificates", "mtls_certificate", "certificate_id").sends("certificate_id"),
          list("pipelines", "pipelines").sends("stream").sends("pipeline"),
          list("worker_loaders", "worker_loader"),
          one("browser", "browser"),
          one("ai", "ai").sends("staging"),
          one("images", "images"),
          one("stream", "stream"),
          one("media", "media"),
          one("version_metadata", "version_metadata"));

  private static BindingKind list(String key, String type, String... needed) {
    return new BindingKind(key, "", false, type, "binding", Set.of(needed), List.of());
  }

  private static BindingKind one(String key, String type) {
    return new BindingKind(key, "", true, type, "binding", Set.of(), List.of());
  }

  private BindingKind in(String member) {
    return new BindingKind(key, member, single, type, name, needed, sent);
  }

  private BindingKind named(String member) {
    return new BindingKind(key, list, single, type, member, needed, sent);
  }

  private BindingKind sends(String member) {
    return sends(member, member);
  }

  private BindingKind sends(String member, String there) {
    return sends(member, there, UnaryOperator.identity());
  }

  private BindingKind sends(String member, String there, UnaryOperator<JsonNode> form) {
    List<Member> more =
        Stream.concat(sent.stream(), Stream.of(new Member(member, there, form))).toList();
    return new BindingKind(key, list, single, type, name, needed, more);
  }

  /** The Worker that a dispatched Worker's requests go through, and the parameters for it. */
  private static JsonNode outbound(JsonNode configured) {
    ObjectNode outbound = JsonNodeFactory.instance.objectNode();
    ObjectNode worker = outbound.putObject("worker");
    for (String member : List.of("service", "environment")) {
      if (configured.hasNonNull(member)) {
        worker.set(member, configured.path(member));
      }
    }
    if (configured.path("parameters").isArray()) {
      configured
          .path("parameters")
          .forEach(
              parameter ->
                  outbound.withArray("params").addObject().put("name", parameter.asText()));
    }
    return outbound;
  }
}
