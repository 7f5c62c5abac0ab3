package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** Who cannot do without a Worker. Reads only. Used once, by one thread. */
final class WorkerUsers {

  private final Workers workers;
  private final String worker;
  private final Supplier<CallContext> calls;
  private final List<String> users = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  WorkerUsers(Workers workers, String worker, Supplier<CallContext> calls) {
    this.workers = workers;
    this.worker = worker;
    this.calls = calls;
  }

  /** What the token may not look at, a sentence each. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Each in words, without a full stop. */
  List<String> find() {
    try (Together together = workers.together(calls.get())) {
      Together.Later<JsonNode> references =
          together.start(
              () -> read("its bindings elsewhere", () -> workers.references(worker, calls.get())));
      Together.Later<JsonNode> tails =
          together.start(
              () -> read("whose logs it gets", () -> workers.producers(worker, calls.get())));
      Together.Later<List<JsonNode>> queues = together.start(() -> consumed());
      tell(references.get());
      tails.get().forEach(tail -> users.add(name(tail.path("producer")) + " sends its logs to it"));
      queues
          .get()
          .forEach(
              queue ->
                  users.add(
                      "the queue " + queue.path("queue_name").asText() + " is consumed by it"));
    }
    return List.copyOf(users);
  }

  private void tell(JsonNode references) {
    references
        .at("/services/incoming")
        .forEach(user -> users.add(name(user) + " is bound to it as a service"));
    if (references.at("/services/pages_function").asBoolean()) {
      users.add("a Pages project is bound to it as a service");
    }
    for (JsonNode user : references.path("durable_objects")) {
      if (!user.path("service").asText().equals(worker)) {
        users.add(
            name(user)
                + " is bound to its Durable Objects "
                + user.path("durable_object_namespace_name").asText());
      }
    }
    for (JsonNode user : references.path("dispatch_outbounds")) {
      users.add(
          name(user)
              + " sends through it what leaves the dispatch namespace "
              + user.path("namespace").asText());
    }
  }

  private List<JsonNode> consumed() {
    try {
      return workers.queues().all(calls.get()).stream()
          .filter(queue -> Queues.consumer(queue, worker).isPresent())
          .toList();
    } catch (ProviderException e) {
      return forbidden("which queues it consumes", e, List.of());
    }
  }

  private JsonNode read(String what, Supplier<JsonNode> request) {
    try {
      return request.get();
    } catch (ProviderException e) {
      return forbidden(what, e, Workers.nothing());
    }
  }

  /** Cloudflare looks once more and deletes nothing that is in use. */
  private synchronized <T> T forbidden(String what, ProviderException failure, T nothing) {
    if (failure.kind() != FailureKind.FORBIDDEN) {
      throw failure;
    }
    warnings.add(
        "It was not looked " + what + ", because the token may not: " + failure.getMessage());
    return nothing;
  }

  private static String name(JsonNode user) {
    String name = user.path("script").asText(user.path("service").asText());
    String environment = user.path("environment").asText("");
    boolean said = environment.isEmpty() || environment.equals("production");
    return "the Worker " + name + (said ? "" : " (" + environment + ")");
  }
}
