package nl.praatmetjeboekhouding.dirk.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** A vendor's API as a provider author writes it down; shown in docs/http.md. */
// snippet: client
final class Acme implements AutoCloseable {

  private final JsonApi api;

  Acme(URI base, Secret token, TimeSource time) {
    api = JsonApi.to("Acme", base, time).token(token).errors(Acme::refusal).build();
  }

  /** Sent again while Acme is unwell. */
  JsonNode release(String id, CallContext call) {
    return api.send(ApiRequest.get("releases", id), call).body();
  }

  /** The same for several, asked at the same time; the answers in the order of the ids. */
  List<JsonNode> releases(List<String> ids, CallContext call) {
    List<ApiRequest> reads = ids.stream().map(id -> ApiRequest.get("releases", id)).toList();
    return api.sendAll(reads, call).stream().map(ApiAnswer::body).toList();
  }

  /** Sent once. */
  void activate(String id, CallContext call) {
    JsonNode body = JsonNodeFactory.instance.objectNode().put("release", id);
    api.send(ApiRequest.post("activations").json(body), call);
  }

  /** Sent again while Acme is unwell: the same name always has the same content. */
  void keep(String sha256, JsonNode content, CallContext call) {
    api.send(ApiRequest.put("assets", sha256).json(content).repeatable(), call);
  }

  /** Acme tells a code beside the status. */
  private static Optional<ProviderException.Builder> refusal(
      int status, Map<String, String> headers, JsonNode body) {
    List<String> codes = body.findValuesAsText("code");
    return VendorErrors.byStatus()
        .check(status, headers, body)
        .map(failure -> failure.vendorCodes(codes));
  }

  @Override
  public void close() {
    api.close();
  }
}
// end
