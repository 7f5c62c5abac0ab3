package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** The queues of an account and who consumes them: one call, one effect. */
final class Queues {

  private final CloudflareApi api;

  Queues(CloudflareApi api) {
    this.api = api;
  }

  /** All of them. */
  List<JsonNode> all(CallContext call) {
    return pages(ApiRequest.get("accounts", api.account(), "queues"), call);
  }

  /** Those of these names that are there. */
  List<JsonNode> named(Collection<String> names, CallContext call) {
    ApiRequest request = ApiRequest.get("accounts", api.account(), "queues");
    for (String name : names) {
      request = request.query("name", name);
    }
    return pages(request, call).stream()
        .filter(queue -> names.contains(queue.path("queue_name").asText()))
        .toList();
  }

  private List<JsonNode> pages(ApiRequest request, CallContext call) {
    Remaining remaining = new Remaining(call, api.time());
    List<JsonNode> found = new ArrayList<>();
    for (int page = 1; ; page++) {
      JsonNode answer = api.answer(request.query("page", Integer.toString(page)), remaining.call());
      List<JsonNode> members = CloudflareApi.members(answer.path("result"));
      found.addAll(members);
      if (members.isEmpty() || found.size() >= answer.at("/result_info/total_count").asLong(0)) {
        return found;
      }
    }
  }

  /** Makes a queue. */
  void create(String name, CallContext call) {
    ObjectNode queue = JsonNodeFactory.instance.objectNode().put("queue_name", name);
    api.result(ApiRequest.post("accounts", api.account(), "queues").json(queue), call);
  }

  /** The consumer that a Worker is of a queue, or empty if it is none. */
  static Optional<JsonNode> consumer(JsonNode queue, String worker) {
    return StreamSupport.stream(queue.path("consumers").spliterator(), false)
        .filter(
            consumer ->
                consumer.path("script").asText().equals(worker)
                    || consumer.path("script_name").asText().equals(worker)
                    || consumer.path("service").asText().equals(worker))
        .findFirst();
  }

  /**
   * Makes a Worker a consumer, or changes how it is one.
   *
   * @param queue as Cloudflare tells it
   * @param consumer as it is sent
   */
  void consume(JsonNode queue, ObjectNode consumer, CallContext call) {
    String id = CloudflareApi.id(queue, "queue_id");
    Optional<String> there =
        consumer(queue, consumer.path("script_name").asText())
            .map(now -> CloudflareApi.id(now, "consumer_id"));
    ApiRequest request =
        there.isPresent()
            ? ApiRequest.put("accounts", api.account(), "queues", id, "consumers", there.get())
            : ApiRequest.post("accounts", api.account(), "queues", id, "consumers");
    api.result(request.json(consumer), call);
  }

  /** Makes a Worker no consumer of a queue. */
  void leave(JsonNode queue, String worker, CallContext call) {
    consumer(queue, worker)
        .ifPresent(
            now ->
                api.result(
                    ApiRequest.delete(
                        "accounts",
                        api.account(),
                        "queues",
                        CloudflareApi.id(queue, "queue_id"),
                        "consumers",
                        CloudflareApi.id(now, "consumer_id")),
                    call));
  }
}
