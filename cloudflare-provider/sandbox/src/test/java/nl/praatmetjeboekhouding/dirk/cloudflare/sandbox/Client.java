package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Asks the API and the edge as a tool does, without knowing the sandbox. */
final class Client {

  /** What came back from the API. */
  record Reply(int status, JsonNode body, HttpResponse<String> http) {

    JsonNode result() {
      return body.path("result");
    }

    int code() {
      return body.path("errors").path(0).path("code").asInt();
    }

    String message() {
      return body.path("errors").path(0).path("message").asText();
    }
  }

  private static final String BOUNDARY = "----a-boundary";
  private static final HttpClient DIRECT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final CloudflareSandbox sandbox;
  private final String token;
  private final HttpClient edge;

  Client(CloudflareSandbox sandbox) {
    this(sandbox, CloudflareSandbox.TOKEN);
  }

  Client(CloudflareSandbox sandbox, String token) {
    this.sandbox = sandbox;
    this.token = token;
    this.edge =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(
                ProxySelector.of(
                    InetSocketAddress.createUnresolved("127.0.0.1", sandbox.edgePort())))
            .build();
  }

  Reply get(String path) {
    return reply(send(request(path).GET().build()));
  }

  Reply send(String method, String path, JsonNode body) {
    return reply(
        send(
            request(path)
                .header("content-type", "application/json")
                .method(method, BodyPublishers.ofString(body.toString()))
                .build()));
  }

  Reply delete(String path) {
    return reply(send(request(path).DELETE().build()));
  }

  /** A path of the account's Workers API. */
  String workers(String rest) {
    return "/accounts/" + sandbox.accountId() + "/workers/" + rest;
  }

  Reply put(String worker, ObjectNode metadata, Map<String, String> modules) {
    return upload("PUT", workers("scripts/" + worker), metadata, modules);
  }

  Reply postVersion(String worker, ObjectNode metadata, Map<String, String> modules) {
    return upload("POST", workers("scripts/" + worker + "/versions"), metadata, modules);
  }

  /** Puts a Worker of one module live and on workers.dev. */
  Reply deployNew(String worker, String module) {
    return deployNew(worker, metadata(), module);
  }

  Reply deployNew(String worker, ObjectNode metadata, String module) {
    Reply reply = put(worker, metadata, Map.of("index.js", module));
    send("POST", workers("scripts/" + worker + "/subdomain"), Json.object().put("enabled", true));
    return reply;
  }

  /** Uploads a version of one module; its id. */
  String version(String worker, String module) {
    return postVersion(worker, metadata(), Map.of("index.js", module)).result().path("id").asText();
  }

  Reply split(String worker, Map<String, Double> shares) {
    ObjectNode body = Json.object().put("strategy", "percentage");
    ArrayNode versions = body.putArray("versions");
    shares.forEach(
        (id, share) -> versions.addObject().put("version_id", id).put("percentage", share));
    return send("POST", workers("scripts/" + worker + "/deployments"), body);
  }

  HttpResponse<String> visit(String url, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return visit(request.build());
  }

  HttpResponse<String> visit(HttpRequest request) {
    try {
      return edge.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode visitJson(String url, String... headers) {
    return ApiRequest.read(Bytes.utf8(visit(url, headers).body()));
  }

  static ObjectNode metadata() {
    return Json.object().put("main_module", "index.js").put("compatibility_date", "2026-01-01");
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(sandbox.apiUri() + path))
        .timeout(Duration.ofSeconds(30))
        .header("authorization", "Bearer " + token);
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return DIRECT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Reply upload(String method, String path, ObjectNode metadata, Map<String, String> modules) {
    StringBuilder form = new StringBuilder(part("metadata", "", metadata.toString()));
    modules.forEach((name, text) -> form.append(part(name, "application/javascript+module", text)));
    form.append("--" + BOUNDARY + "--\r\n");
    return reply(
        send(
            request(path)
                .header("content-type", "multipart/form-data; boundary=" + BOUNDARY)
                .method(method, BodyPublishers.ofString(form.toString(), StandardCharsets.UTF_8))
                .build()));
  }

  private static String part(String name, String type, String content) {
    List<String> lines =
        type.isEmpty()
            ? List.of(
                "--" + BOUNDARY,
                "Content-Disposition: form-data; name=\"" + name + "\"",
                "",
                content)
            : List.of(
                "--" + BOUNDARY,
                "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + name + "\"",
                "Content-Type: " + type,
                "",
                content);
    return String.join("\r\n", lines) + "\r\n";
  }

  private static Reply reply(HttpResponse<String> response) {
    HttpRequest request = response.request();
    String path = request.uri().getRawPath().substring(ApiServer.PREFIX.length());
    Specification.given()
        .ifPresent(
            specification ->
                assertThat(
                        specification.faults(
                            request.method(), path, response.statusCode(), response.body()))
                    .as("%s %s: %s", request.method(), path, response.body())
                    .isEmpty());
    return new Reply(response.statusCode(), ApiRequest.read(Bytes.utf8(response.body())), response);
  }
}
