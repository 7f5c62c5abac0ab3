package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Consent;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * Makes what the bindings of a plan lead to and is not there, as wrangler does, if that was asked
 * for. What is made is looked for by its name first, so that doing it again makes nothing twice.
 * Used once, by one thread.
 */
final class Provisioning {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** What can be made, in the order in which wrangler makes it. */
  private static final List<String> KINDS =
      List.of("kv_namespace", "d1", "r2_bucket", "queue", "dispatch_namespace");

  private final Plan plan;
  private final Resources resources;
  private final Queues queues;
  private final Supplier<CallContext> calls;
  private final boolean making;
  private final List<String> made = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private Provisioning(Workers workers, Plan plan, Supplier<CallContext> calls, boolean making) {
    this.plan = plan;
    resources = workers.resources();
    queues = workers.queues();
    this.calls = calls;
    this.making = making;
  }

  /** Makes what is missing. */
  static Provisioning make(Workers workers, Plan plan, Supplier<CallContext> calls) {
    return new Provisioning(workers, plan, calls, true);
  }

  /** Only looks what is missing. */
  static Provisioning look(Workers workers, Plan plan, Supplier<CallContext> calls) {
    return new Provisioning(workers, plan, calls, false);
  }

  /** What was made, or would be, such as {@code R2 bucket photos}. */
  List<String> made() {
    return List.copyOf(made);
  }

  /** What somebody should look at, a sentence each. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** {@link #run}, where a deploy's warnings, and what it has done, tell what was made. */
  Plan run(List<String> told, HalfWay done) {
    Plan bound = run();
    told.addAll(warnings);
    made.forEach(what -> told.add("Made the " + what + "."));
    noteMade(done);
    return bound;
  }

  private void noteMade(HalfWay done) {
    made.forEach(what -> done.did("the " + what + " is made"));
  }

  /**
   * The plan, whose bindings lead to what is there.
   *
   * @throws ProviderException if something cannot be made; what was made before stays
   */
  Plan run() {
    if (!plan.consents().contains(Consent.NEW_RESOURCES)) {
      return plan;
    }
    ArrayNode bindings = plan.metadata().withArray("bindings");
    boolean any = StreamSupport.stream(bindings.spliterator(), false).anyMatch(this::isOpen);
    if (!any) {
      return plan;
    }
    JsonNode live = live();
    ArrayNode bound = bindings.deepCopy();
    for (String kind : KINDS) {
      for (int place = 0; place < bound.size(); place++) {
        JsonNode binding = bindings.get(place);
        if (binding.path("type").asText().equals(kind) && isOpen(binding)) {
          bound.set(place, bind((ObjectNode) bound.get(place), live));
        }
      }
    }
    return plan.withBindings(bound);
  }

  /** Whether it is to be found out what it leads to. */
  private boolean isOpen(JsonNode binding) {
    return switch (binding.path("type").asText()) {
      case "kv_namespace" -> !binding.has("namespace_id");
      case "d1" -> !binding.has("id");
      default -> KINDS.contains(binding.path("type").asText());
    };
  }

  private JsonNode live() {
    if (plan.first()) {
      return NODES.arrayNode();
    }
    try {
      return resources.bindings(plan.worker(), calls.get());
    } catch (ProviderException e) {
      warnings.add(UploadCheck.unchecked("what the bindings lead to now", e));
      return NODES.arrayNode();
    }
  }

  private ObjectNode bind(ObjectNode binding, JsonNode live) {
    try {
      return found(binding, live).get();
    } catch (ProviderException e) {
      throw during(e);
    }
  }

  /** Looks now; what is not there is made once the binding is asked for. */
  private Supplier<ObjectNode> found(ObjectNode binding, JsonNode live) {
    String member = member(binding);
    try {
      return bound(binding, live, member);
    } catch (ProviderException e) {
      if (e.kind() != FailureKind.FORBIDDEN) {
        throw e;
      }
      warnings.add(
          "It was not looked whether what "
              + binding.path("name").asText()
              + " leads to is there, because the token may not: "
              + e.getMessage());
      ObjectNode as = binding.has(member) ? binding : inherit(binding);
      return () -> as;
    }
  }

  private ProviderException during(ProviderException failure) {
    if (made.isEmpty() || !making) {
      return failure;
    }
    HalfWay done = new HalfWay();
    noteMade(done);
    return done.told(failure);
  }

  private Supplier<ObjectNode> bound(ObjectNode binding, JsonNode live, String member) {
    Optional<JsonNode> now =
        StreamSupport.stream(live.spliterator(), false)
            .filter(it -> it.path("name").equals(binding.path("name")))
            .filter(it -> it.path("type").equals(binding.path("type")))
            .filter(it -> isSame(binding, it, member))
            .findFirst();
    if (now.isPresent()) {
      ObjectNode as = inherited(binding, now.get(), member);
      return () -> as;
    }
    return switch (binding.path("type").asText()) {
      case "kv_namespace" -> {
        String title = defaultName(binding);
        yield lead(
            binding,
            member,
            "KV namespace " + title,
            resources.namespace(title, calls.get()),
            call -> resources.createNamespace(title, call));
      }
      case "d1" -> database(binding, member);
      case "r2_bucket" -> {
        String name = binding.path(member).asText(defaultName(binding));
        String jurisdiction = binding.path("jurisdiction").asText("");
        yield lead(
            binding,
            member,
            "R2 bucket " + name,
            there(name, resources.hasBucket(name, jurisdiction, calls.get())),
            call -> {
              resources.createBucket(name, jurisdiction, call);
              return name;
            });
      }
      case "queue" -> {
        String name = binding.path(member).asText(defaultName(binding));
        yield lead(
            binding,
            member,
            "queue " + name,
            there(name, !queues.named(List.of(name), calls.get()).isEmpty()),
            call -> {
              queues.create(name, call);
              return name;
            });
      }
      default -> {
        String name = binding.path(member).asText(defaultName(binding));
        yield lead(
            binding,
            member,
            "dispatch namespace " + name,
            there(name, resources.hasDispatchNamespace(name, calls.get())),
            call -> {
              resources.createDispatchNamespace(name, call);
              return name;
            });
      }
    };
  }

  private Supplier<ObjectNode> database(ObjectNode binding, String member) {
    JsonNode told = plan.database(binding.path("name").asText());
    String name = told.path("database_name").asText(defaultName(binding));
    String jurisdiction = told.path("jurisdiction").asText("");
    Optional<JsonNode> there = resources.database(name, calls.get());
    there.ifPresent(
        database -> {
          String other = database.path("jurisdiction").asText("");
          if (!jurisdiction.isEmpty() && !jurisdiction.equals(other)) {
            throw ProviderException.of(
                FailureKind.CONFLICT,
                "Cloudflare was not asked to deploy "
                    + plan.worker()
                    + ": the database "
                    + name
                    + " is there in "
                    + (other.isEmpty() ? "no jurisdiction" : "the jurisdiction " + other)
                    + " and cannot be moved to "
                    + jurisdiction
                    + "; correct \"jurisdiction\" in the wrangler file, or name another database");
          }
        });
    return lead(
        binding,
        member,
        "D1 database " + name,
        there.map(database -> database.path("uuid").asText()),
        call -> resources.createDatabase(name, jurisdiction, call));
  }

  private Supplier<ObjectNode> lead(
      ObjectNode binding,
      String member,
      String what,
      Optional<String> there,
      Function<CallContext, String> create) {
    return () -> {
      String id =
          there.orElseGet(
              () -> {
                String created = making ? created(binding, what, create) : "";
                made.add(what);
                return created;
              });
      return binding.put(member, id);
    };
  }

  private String created(ObjectNode binding, String what, Function<CallContext, String> create) {
    String id;
    try {
      id = create.apply(calls.get());
    } catch (ProviderException e) {
      throw HalfWay.saying(notMade(binding, what, e), e);
    }
    if (id.isEmpty()) {
      throw ProviderException.of(
          FailureKind.UNREADABLE,
          "Cloudflare made the "
              + what
              + " without saying how a binding leads to it; deploy again, it is looked for by its"
              + " name");
    }
    return id;
  }

  private static String notMade(ObjectNode binding, String what, ProviderException failure) {
    if (!failure.kind().changedNothing()) {
      return "It is not known whether the "
          + what
          + " was made; deploy again, it is looked for by its name: "
          + failure.getMessage();
    }
    String needed =
        failure.kind() == FailureKind.FORBIDDEN
            ? "; a token that makes it has the permission " + permission(binding)
            : "";
    return "The " + what + " was not made: " + failure.getMessage() + needed;
  }

  private static Optional<String> there(String name, boolean is) {
    return is ? Optional.of(name) : Optional.empty();
  }

  /** Whether the live binding of the same name and type may be taken over. */
  private boolean isSame(ObjectNode binding, JsonNode now, String member) {
    return switch (binding.path("type").asText()) {
      case "kv_namespace" -> true;
      case "d1" -> isSameDatabase(binding, now);
      case "r2_bucket" ->
          binding.path("jurisdiction").asText("").equals(now.path("jurisdiction").asText(""))
              && isNamed(binding, now, member);
      default -> isNamed(binding, now, member);
    };
  }

  private static boolean isNamed(ObjectNode binding, JsonNode now, String member) {
    return !binding.has(member) || binding.path(member).equals(now.path(member));
  }

  private boolean isSameDatabase(ObjectNode binding, JsonNode now) {
    JsonNode told = plan.database(binding.path("name").asText());
    if (told.isEmpty()) {
      return true;
    }
    JsonNode database = resources.databaseOf(now.path("id").asText(), calls.get());
    return (!told.has("database_name") || told.path("database_name").equals(database.path("name")))
        && (!told.has("jurisdiction")
            || told.path("jurisdiction").equals(database.path("jurisdiction")));
  }

  /** A bucket that is named stays so; what has more members cannot be inherited. */
  private static ObjectNode inherited(ObjectNode binding, JsonNode now, String member) {
    if (binding.path("type").asText().equals("r2_bucket") && binding.has(member)) {
      return binding;
    }
    boolean more = binding.has("delivery_delay") || binding.has("outbound");
    return more ? binding.set(member, now.path(member)) : inherit(binding);
  }

  private static ObjectNode inherit(ObjectNode binding) {
    return NODES.objectNode().put("name", binding.path("name").asText()).put("type", "inherit");
  }

  private static String member(ObjectNode binding) {
    return switch (binding.path("type").asText()) {
      case "kv_namespace" -> "namespace_id";
      case "d1" -> "id";
      case "r2_bucket" -> "bucket_name";
      case "queue" -> "queue_name";
      default -> "namespace";
    };
  }

  private static String permission(ObjectNode binding) {
    return switch (binding.path("type").asText()) {
      case "kv_namespace" -> "Workers KV Storage Write";
      case "d1" -> "D1 Write";
      case "r2_bucket" -> "Workers R2 Storage Write";
      case "queue" -> "Queues Write";
      default -> "Workers Scripts Write";
    };
  }

  private String defaultName(ObjectNode binding) {
    return defaultName(plan.worker(), binding.path("name").asText());
  }

  /** What is made for a binding is called so, if the project does not say. */
  static String defaultName(String worker, String binding) {
    return worker + "-" + binding.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
