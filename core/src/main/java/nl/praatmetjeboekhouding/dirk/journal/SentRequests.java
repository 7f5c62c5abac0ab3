package nl.praatmetjeboekhouding.dirk.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.praatmetjeboekhouding.dirk.spi.VendorRequest;

/**
 * What a step sent to a vendor. Records of before it was written have none.
 *
 * @param sent in the order in which the answers came
 * @param leftOut how many more there were
 */
public record SentRequests(List<VendorRequest> sent, int leftOut) {

  /** Copies. */
  public SentRequests {
    sent = List.copyOf(sent);
  }

  /** Of a step that sent nothing, or did not tell. */
  public static SentRequests none() {
    return new SentRequests(List.of(), 0);
  }

  /** Whether there is nothing to tell. */
  public boolean isEmpty() {
    return sent.isEmpty();
  }

  /** Adds them to a record's data; nothing if there are none. */
  ObjectNode writeTo(ObjectNode data) {
    if (!sent.isEmpty()) {
      ArrayNode requests = data.putArray("requests");
      sent.forEach(request -> write(request, requests.addObject()));
    }
    return leftOut > 0 ? data.put("requestsLeftOut", leftOut) : data;
  }

  private static void write(VendorRequest request, ObjectNode node) {
    node.put("what", request.what())
        .put("status", request.status())
        .put("tookMillis", request.took().toMillis());
    ObjectNode ids = node.putObject("ids");
    new TreeMap<>(request.ids()).forEach(ids::put);
  }

  static SentRequests readFrom(JsonNode data) {
    List<VendorRequest> sent = new ArrayList<>();
    for (JsonNode node : data.path("requests")) {
      Map<String, String> ids = new HashMap<>();
      node.path("ids").properties().forEach(one -> ids.put(one.getKey(), one.getValue().asText()));
      sent.add(
          new VendorRequest(
              node.path("what").asText(),
              node.path("status").asInt(),
              Duration.ofMillis(node.path("tookMillis").asLong()),
              ids));
    }
    return new SentRequests(sent, data.path("requestsLeftOut").asInt());
  }
}
