package nl.praatmetjeboekhouding.dirk.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** What an API is asked. Never changes: each method gives a request of its own. */
public final class ApiRequest {

  private static final MediaType JSON = MediaType.get("application/json");

  /** A name and a value of the query. */
  record Query(String name, String value) {}

  private final String method;
  private final List<String> segments;
  private final List<Query> queries;
  private final Headers headers;
  private final @Nullable RequestBody body;
  private final boolean repeatable;

  private ApiRequest(
      String method,
      List<String> segments,
      List<Query> queries,
      Headers headers,
      @Nullable RequestBody body,
      boolean repeatable) {
    this.method = method;
    this.segments = segments;
    this.queries = queries;
    this.headers = headers;
    this.body = body;
    this.repeatable = repeatable;
  }

  /** Reads what is at a path; may be sent again after a failure. */
  public static ApiRequest get(String... segments) {
    return of("GET", segments).repeatable();
  }

  /** Posts to a path; sent once. */
  public static ApiRequest post(String... segments) {
    return of("POST", segments);
  }

  /** Puts to a path; sent once. */
  public static ApiRequest put(String... segments) {
    return of("PUT", segments);
  }

  /** Patches what is at a path; sent once. */
  public static ApiRequest patch(String... segments) {
    return of("PATCH", segments);
  }

  /** Deletes what is at a path; sent once. */
  public static ApiRequest delete(String... segments) {
    return of("DELETE", segments);
  }

  private static ApiRequest of(String method, String... segments) {
    List<String> path = List.of(segments);
    for (String segment : path) {
      if (segment.isEmpty() || segment.matches("(?i)(\\.|%2e){1,2}")) {
        throw new IllegalArgumentException(
            "segment must not be empty or a dot segment: '" + segment + "'");
      }
    }
    return new ApiRequest(method, path, List.of(), Headers.of(), null, false);
  }

  /** This one, with a name and a value more in its query; both are percent-encoded. */
  public ApiRequest query(String name, String value) {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
    List<Query> longer =
        Stream.concat(queries.stream(), Stream.of(new Query(name, value))).toList();
    return new ApiRequest(method, segments, longer, headers, body, repeatable);
  }

  /**
   * This one, with a header.
   *
   * @throws IllegalArgumentException if it cannot be sent as one
   */
  public ApiRequest header(String name, String value) {
    Headers more = headers.newBuilder().set(name, value).build();
    return new ApiRequest(method, segments, queries, more, body, repeatable);
  }

  /** This one, with a JSON body, as the node is now. */
  public ApiRequest json(JsonNode content) {
    byte[] bytes = content.toString().getBytes(StandardCharsets.UTF_8);
    return with(RequestBody.create(bytes, JSON));
  }

  /** This one, with a form of several parts; at least one. */
  public ApiRequest multipart(List<Part> parts) {
    MultipartBody.Builder form = new MultipartBody.Builder().setType(MultipartBody.FORM);
    parts.forEach(part -> form.addPart(part.encoded()));
    return with(form.build());
  }

  /** This one, which may be sent again after a failure although it is no GET. */
  public ApiRequest repeatable() {
    return new ApiRequest(method, segments, queries, headers, body, true);
  }

  private ApiRequest with(RequestBody content) {
    if ("GET".equals(method)) {
      throw new IllegalArgumentException("a GET has no body");
    }
    return new ApiRequest(method, segments, queries, headers, content, repeatable);
  }

  String method() {
    return method;
  }

  List<String> segments() {
    return segments;
  }

  List<Query> queries() {
    return queries;
  }

  Headers headers() {
    return headers;
  }

  boolean isRepeatable() {
    return repeatable;
  }

  /** What is sent, or null for a GET. */
  @Nullable RequestBody body() {
    if ("GET".equals(method)) {
      return null;
    }
    return body == null ? RequestBody.create(new byte[0], null) : body;
  }
}
