package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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
 * @param members what else it has
 * @param rule what its members must be together
 */
record BindingKind(
    String key,
    String list,
    boolean single,
    String type,
    String name,
    List<Member> members,
    Form rule) {

  /**
   * A member of a binding.
   *
   * @param file what it is called in the file
   * @param form what it must be
   * @param needed whether it must be there
   * @param there what it is called when it is sent; empty text if it is not sent
   * @param shape how its value is sent
   */
  record Member(
      String file, Form form, boolean needed, String there, UnaryOperator<JsonNode> shape) {}

  /** What may stand beside a list, by the key in the file. */
  private static final Map<String, Map<String, Form>> BESIDE =
      Map.of(
          "queues", Map.of("consumers", Form.list(Attachments.CONSUMER)),
          "durable_objects", Map.of("code_update_strategy", CodeUpdate.FORM));

  /** Logs that are handed on; the only kind that an environment inherits. */
  static final BindingKind LOG_FORWARDING =
      list("logfwdr", "logfwdr").in("bindings").named("name").needs("destination");

  /** All kinds, in the order in which wrangler sends them. */
  static final List<BindingKind> ALL =
      List.of(
          list("kv_namespaces", "kv_namespace").needs("id", "namespace_id").takes("preview_id"),
          list("send_email", "send_email")
              .named("name")
              .sends("destination_address")
              .sends(Form.TEXTS, "allowed_destination_addresses")
              .sends(Form.TEXTS, "allowed_sender_addresses")
              .ruled(Form.ANYTHING.notBoth("destination_address", "allowed_destination_addresses")),
          list("durable_objects", "durable_object_namespace")
              .in("bindings")
              .named("name")
              .needs("class_name")
              .sends("script_name")
              .sends("environment")
              .ruled(Form.ANYTHING.needingFor("environment", "script_name")),
          list("workflows", "workflow")
              .needs("name", "workflow_name")
              .needs("class_name")
              .sends("script_name")
              .takes(Attachments.WORKFLOW),
          list("queues", "queue")
              .in("producers")
              .needs("queue", "queue_name")
              .sends(Form.NUMBER, "delivery_delay"),
          list("r2_buckets", "r2_bucket")
              .needs(BindingForms.BUCKET_NAME, "bucket_name")
              .sends("jurisdiction")
              .takes(BindingForms.BUCKET_NAME, "preview_bucket_name"),
          list("d1_databases", "d1")
              .needs("database_id", "id")
              .sends("database_internal_env", "internalEnv")
              .takes("database_name", "preview_database_id", "jurisdiction")
              .takes("migrations_dir", "migrations_table", "migrations_pattern"),
          list("vectorize", "vectorize").needs("index_name"),
          list("ai_search_namespaces", "ai_search_namespace").needs("namespace"),
          list("ai_search", "ai_search").needs("instance_name"),
          list("agent_memory", "agent_memory").needs("namespace"),
          list("hyperdrive", "hyperdrive").needs("id"),
          list("secrets_store_secrets", "secrets_store_secret")
              .needs("store_id")
              .needs("secret_name"),
          list("artifacts", "artifacts").needs("namespace"),
          list("unsafe_hello_world", "unsafe_hello_world").sends(Form.FLAG, "enable_timer"),
          list("flagship", "flagship").needs("app_id"),
          list("ratelimits", "ratelimit")
              .named("name")
              .needs("namespace_id")
              .needs(BindingForms.RATE, "simple"),
          list("vpc_services", "vpc_service").needs("service_id"),
          list("vpc_networks", "vpc_network")
              .sends("tunnel_id")
              .sends("network_id")
              .ruled(Form.ANYTHING.needingOne("tunnel_id", "network_id"))
              .ruled(Form.ANYTHING.notBoth("tunnel_id", "network_id")),
          list("services", "service")
              .needs("service")
              .sends(Form.ANYTHING, "cross_account_grant")
              .sends("environment")
              .sends("entrypoint")
              .sends(Form.ANYTHING, "props"),
          list("analytics_engine_datasets", "analytics_engine").sends(Form.TEXT, "dataset"),
          list("dispatch_namespaces", "dispatch_namespace")
              .needs("namespace")
              .sends(BindingForms.OUTBOUND, "outbound", BindingKind::outbound),
          list("mtls_certificates", "mtls_certificate").needs("certificate_id"),
          list("pipelines", "pipelines")
              .sends(Form.TEXT, "stream")
              .sends(Form.TEXT, "pipeline")
              .ruled(Form.ANYTHING.needingOne("stream", "pipeline")),
          list("k2", "k2").needs("stream"),
          list("worker_loaders", "worker_loader"),
          LOG_FORWARDING,
          one("browser", "browser"),
          one("analytics", "analytics"),
          one("ai", "ai").sends(Form.ANYTHING, "staging"),
          one("images", "images"),
          one("stream", "stream"),
          one("media", "media"),
          one("version_metadata", "version_metadata"));

  /** What the key's value must be. */
  Form form() {
    Form each =
        Form.object(
                members.stream().collect(Collectors.toMap(Member::file, member -> member.form())))
            .and(Form.object(Map.of(name, Form.TEXT, "remote", Form.FLAG)).needing(name))
            .and(rule);
    if (single) {
      return each;
    }
    if (list.isEmpty()) {
      return Form.list(each);
    }
    Map<String, Form> known = new HashMap<>(BESIDE.getOrDefault(key, Map.of()));
    known.put(list, Form.list(each));
    return Form.object(known).and(Forms.warningOfOthersThan(List.copyOf(known.keySet())));
  }

  private static BindingKind list(String key, String type) {
    return new BindingKind(key, "", false, type, "binding", List.of(), Form.ANYTHING);
  }

  private static BindingKind one(String key, String type) {
    return new BindingKind(key, "", true, type, "binding", List.of(), Form.ANYTHING);
  }

  private BindingKind in(String member) {
    return new BindingKind(key, member, single, type, name, members, rule);
  }

  private BindingKind named(String member) {
    return new BindingKind(key, list, single, type, member, members, rule);
  }

  private BindingKind ruled(Form more) {
    return new BindingKind(key, list, single, type, name, members, rule.and(more));
  }

  private BindingKind needs(String member) {
    return needs(member, member);
  }

  private BindingKind needs(String member, String there) {
    return with(new Member(member, Form.TEXT, true, there, UnaryOperator.identity()));
  }

  private BindingKind needs(Form form, String member) {
    return with(new Member(member, form, true, member, UnaryOperator.identity()));
  }

  private BindingKind sends(String member) {
    return sends(member, member);
  }

  private BindingKind sends(String member, String there) {
    return with(new Member(member, Form.ANY_TEXT, false, there, UnaryOperator.identity()));
  }

  private BindingKind sends(Form form, String member) {
    return sends(form, member, UnaryOperator.identity());
  }

  private BindingKind sends(Form form, String member, UnaryOperator<JsonNode> shape) {
    return with(new Member(member, form, false, member, shape));
  }

  /** Takes texts that are not sent. */
  private BindingKind takes(String... texts) {
    BindingKind more = this;
    for (String text : texts) {
      more = more.takes(Form.ANY_TEXT, text);
    }
    return more;
  }

  private BindingKind takes(Map<String, Form> members) {
    BindingKind more = this;
    for (Map.Entry<String, Form> member : new TreeMap<>(members).entrySet()) {
      more = more.takes(member.getValue(), member.getKey());
    }
    return more;
  }

  private BindingKind takes(Form form, String member) {
    return with(new Member(member, form, false, "", UnaryOperator.identity()));
  }

  private BindingKind with(Member member) {
    List<Member> more = Stream.concat(members.stream(), Stream.of(member)).toList();
    return new BindingKind(key, list, single, type, name, more, rule);
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
