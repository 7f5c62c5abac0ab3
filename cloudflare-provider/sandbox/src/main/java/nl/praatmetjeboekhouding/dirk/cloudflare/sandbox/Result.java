package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What an operation answers, put into Cloudflare's envelope. */
record Result(JsonNode value, Optional<ObjectNode> info) {

  static Result of(JsonNode value) {
    return new Result(value, Optional.empty());
  }

  static Result nothing() {
    return of(NullNode.getInstance());
  }

  /** One page of a list, as the query parameters {@code page} and {@code per_page} ask. */
  static Result page(List<? extends JsonNode> all, ApiRequest request, int perPage) {
    int size = request.number("per_page", perPage);
    int page = request.number("page", 1);
    List<? extends JsonNode> shown =
        all.stream().skip((long) (page - 1) * size).limit(size).toList();
    ObjectNode info =
        Json.object()
            .put("page", page)
            .put("per_page", size)
            .put("count", shown.size())
            .put("total_count", all.size())
            .put("total_pages", (all.size() + size - 1) / size);
    return new Result(Json.array(shown.stream()), Optional.of(info));
  }

  Answer answer() {
    ObjectNode envelope = Json.object();
    envelope.set("result", value);
    envelope.put("success", true);
    envelope.putArray("errors");
    envelope.putArray("messages");
    info.ifPresent(about -> envelope.set("result_info", about));
    return Answer.json(200, envelope.toString());
  }

  static Answer refused(Refusal refusal) {
    return refused(refusal.status(), refusal.code(), String.valueOf(refusal.getMessage()));
  }

  static Answer refused(int status, int code, String message) {
    ObjectNode envelope = Json.object();
    envelope.putNull("result");
    envelope.put("success", false);
    envelope.putArray("errors").addObject().put("code", code).put("message", message);
    envelope.putArray("messages");
    return Answer.json(status, envelope.toString());
  }
}
