package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What bindings are called and what they lead to. Of kinds that are not known here only the kind is
 * told, and all that they have is compared.
 */
final class BindingWords {

  /**
   * One kind of binding.
   *
   * @param words what people call it
   * @param shown the members that say what it leads to, the first one without its name
   * @param silent members that are compared but whose values are not told
   */
  private record Kind(String words, List<String> shown, List<String> silent) {

    private static Kind of(String words, String... shown) {
      return new Kind(words, List.of(shown), List.of());
    }

    private Kind comparing(String... members) {
      return new Kind(words, shown, List.of(members));
    }
  }

  private static final Set<String> SECRETS = Set.of("secret_text", "secret_key");
  private static final Set<String> VARIABLES = Set.of("plain_text", "json");

  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("plain_text", Kind.of("text variable").comparing("text")),
          Map.entry("json", Kind.of("JSON variable").comparing("json")),
          Map.entry("secret_text", Kind.of("secret")),
          Map.entry("secret_key", Kind.of("secret key")),
          Map.entry("kv_namespace", Kind.of("KV namespace", "namespace_id")),
          Map.entry(
              "send_email",
              Kind.of("e-mail", "destination_address")
                  .comparing("allowed_destination_addresses", "allowed_sender_addresses")),
          Map.entry(
              "durable_object_namespace",
              Kind.of("Durable Object", "class_name", "script_name", "environment")),
          Map.entry("queue", Kind.of("queue", "queue_name", "delivery_delay")),
          Map.entry("r2_bucket", Kind.of("R2 bucket", "bucket_name", "jurisdiction")),
          Map.entry("d1", Kind.of("D1 database", "database_id")),
          Map.entry("vectorize", Kind.of("Vectorize index", "index_name")),
          Map.entry("ai_search_namespace", Kind.of("AI Search namespace", "namespace")),
          Map.entry("ai_search", Kind.of("AI Search", "instance_name")),
          Map.entry("hyperdrive", Kind.of("Hyperdrive", "id")),
          Map.entry(
              "secrets_store_secret", Kind.of("secret of a store", "secret_name", "store_id")),
          Map.entry("ratelimit", Kind.of("rate limit", "namespace_id").comparing("simple")),
          Map.entry("vpc_service", Kind.of("VPC service", "service_id")),
          Map.entry("vpc_network", Kind.of("VPC network", "network_id", "tunnel_id")),
          Map.entry(
              "service",
              Kind.of("service", "service", "entrypoint", "environment")
                  .comparing("props", "cross_account_grant")),
          Map.entry("analytics_engine", Kind.of("Analytics Engine dataset", "dataset")),
          Map.entry(
              "dispatch_namespace",
              Kind.of("dispatch namespace", "namespace").comparing("outbound")),
          Map.entry("mtls_certificate", Kind.of("mTLS certificate", "certificate_id")),
          Map.entry("pipelines", Kind.of("pipeline", "pipeline", "stream")),
          Map.entry("worker_loader", Kind.of("Worker loader")),
          Map.entry("browser", Kind.of("browser")),
          Map.entry("ai", Kind.of("AI").comparing("staging")),
          Map.entry("images", Kind.of("Images")),
          Map.entry("stream", Kind.of("Stream")),
          Map.entry("media", Kind.of("Media")),
          Map.entry("version_metadata", Kind.of("version metadata")),
          Map.entry("assets", Kind.of("static assets")),
          Map.entry("workflow", Kind.of("workflow", "workflow_name", "class_name", "script_name")));

  private final String worker;

  /** The bindings of a Worker, which they need not name. */
  BindingWords(String worker) {
    this.worker = worker;
  }

  static boolean isSecret(JsonNode binding) {
    return SECRETS.contains(type(binding));
  }

  /** Whether it holds something instead of leading to something. */
  static boolean isValue(JsonNode binding) {
    return isSecret(binding) || VARIABLES.contains(type(binding));
  }

  boolean isKnown(JsonNode binding) {
    return KINDS.containsKey(type(binding));
  }

  /** What a sentence is about. */
  String subject(String name, JsonNode binding) {
    if (isSecret(binding)) {
      return "Secret " + name;
    }
    return (VARIABLES.contains(type(binding)) ? "Variable " : "Binding ") + name;
  }

  /** Its kind and what it leads to, by name or id. */
  String described(JsonNode binding) {
    Kind kind = KINDS.get(type(binding));
    if (kind == null) {
      return "kind " + type(binding);
    }
    List<String> told = new ArrayList<>();
    for (String member : kind.shown()) {
      JsonNode value = value(binding, member);
      if (!value.isMissingNode()) {
        told.add(member.equals(kind.shown().get(0)) ? value.asText() : word(member, value));
      }
    }
    return told.isEmpty() ? kind.words() : kind.words() + " " + String.join(", ", told);
  }

  private static String word(String member, JsonNode value) {
    return member.replace('_', ' ') + " " + value.asText();
  }

  /** The members whose values are told. */
  List<String> shown(JsonNode binding) {
    Kind kind = KINDS.get(type(binding));
    return kind == null ? List.of() : kind.shown();
  }

  /** The members in which two bindings of one kind differ. */
  List<String> differing(JsonNode from, JsonNode to) {
    Kind kind = KINDS.get(type(to));
    Set<String> members = new TreeSet<>();
    if (kind == null) {
      from.fieldNames().forEachRemaining(members::add);
      to.fieldNames().forEachRemaining(members::add);
    } else {
      members.addAll(kind.shown());
      members.addAll(kind.silent());
    }
    return members.stream()
        .filter(member -> !isLeftToCloudflare(to, member))
        .filter(member -> !Covers.same(value(from, member), value(to, member)))
        .toList();
  }

  /** Which dataset it is where none is named is told by Cloudflare only. */
  private static boolean isLeftToCloudflare(JsonNode sent, String member) {
    return type(sent).equals("analytics_engine")
        && member.equals("dataset")
        && !sent.hasNonNull(member);
  }

  /** A member's value, or a missing node if that is what goes without saying. */
  private JsonNode value(JsonNode binding, String member) {
    JsonNode value = binding.path(member);
    if (!isKnown(binding) || type(binding).equals("json")) {
      return value;
    }
    if (type(binding).equals("d1") && value.isMissingNode()) {
      return binding.path("id");
    }
    boolean unsaid =
        value.isNull()
            || (value.isTextual() && value.asText().isBlank() && !member.equals("text"))
            || (value.isArray() && value.isEmpty())
            || (member.equals("environment") && value.asText().equals("production"))
            || (member.equals("script_name") && value.asText().equals(worker));
    return unsaid ? MissingNode.getInstance() : value;
  }

  private static String type(JsonNode binding) {
    return binding.path("type").asText();
  }
}
