package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** Which queues a Worker consumes, and how; and how that is set. Used by one thread. */
final class QueueConsumers {

  private final Queues queues;
  private final Supplier<CallContext> calls;

  QueueConsumers(Workers workers, Supplier<CallContext> calls) {
    queues = workers.queues();
    this.calls = calls;
  }

  /**
   * As it is now, in the form in which it is set, for the queues that are named: without a {@code
   * consumer} where the Worker consumes it not.
   *
   * @param named as they are sent
   */
  ArrayNode now(String worker, JsonNode named) {
    Set<String> names = new TreeSet<>();
    named.forEach(entry -> names.add(entry.path("queue").asText()));
    Map<String, ObjectNode> now = new TreeMap<>();
    for (String name : names) {
      now.put(name, JsonNodeFactory.instance.objectNode().put("queue", name));
    }
    if (!names.isEmpty()) {
      for (JsonNode queue : queues.named(names, calls.get())) {
        String name = queue.path("queue_name").asText();
        Queues.consumer(queue, worker)
            .ifPresent(
                consumer -> {
                  ObjectNode entry = JsonNodeFactory.instance.objectNode().put("queue", name);
                  entry.set("consumer", asSent(worker, consumer));
                  now.put(name, entry);
                });
      }
    }
    return JsonNodeFactory.instance.arrayNode().addAll(now.values());
  }

  private static ObjectNode asSent(String worker, JsonNode consumer) {
    ObjectNode sent = JsonNodeFactory.instance.objectNode().put("type", "worker");
    if (consumer.path("dead_letter_queue").isTextual()) {
      sent.set("dead_letter_queue", consumer.path("dead_letter_queue"));
    }
    sent.put("script_name", worker);
    JsonNode settings = consumer.path("settings");
    sent.set("settings", settings.isObject() ? settings : sent.objectNode());
    return sent;
  }

  /** Sets one, or takes it away if it has no {@code consumer}. */
  void set(JsonNode entry) {
    set("", entry);
  }

  void set(String worker, JsonNode entry) {
    String name = entry.path("queue").asText();
    JsonNode queue =
        queues.named(List.of(name), calls.get()).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    ProviderException.of(
                        FailureKind.NOT_FOUND,
                        "Cloudflare was not asked: there is no queue "
                            + name
                            + "; create it first"));
    if (entry.path("consumer") instanceof ObjectNode consumer) {
      queues.consume(queue, consumer, calls.get());
    } else {
      queues.leave(queue, worker, calls.get());
    }
  }
}
