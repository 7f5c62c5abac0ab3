package nl.praatmetjeboekhouding.dirk.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** What an API is asked. Never changes: each method gives a request of its own. */
public final class ApiRequest {

  private static final String JSON = "application/json";

  /** What says how a request is sent and its answer read. */
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "accept",
          "accept-encoding",
          "authorization",
          "content-length",
          "content-type",
          "transfer-encoding",
          "user-agent");

  /** A body that is written when it is about to be sent. */
  private interface Body {
    RequestBody written(SecretValues secrets);
  }

  /** A name and a value of the query. */
  record Query(String name, String value) {}

  private final String method;
  private final List<String> segments;
  private final List<Query> queries;
  private final Headers headers;
  private final Optional<Secret> token;
  private final @Nullable Body body;
  private final boolean repeatable;

  private ApiRequest(
      String method,
      List<String> segments,
      List<Query> queries,
      Headers headers,
      Optional<Secret> token,
      @Nullable Body body,
      boolean repeatable) {
    this.method = method;
    this.segments = segments;
    this.queries = queries;
    this.headers = headers;
    this.token = token;
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
    return new ApiRequest(method, path, List.of(), Headers.of(), Optional.empty(), null, false);
  }

  /** This one, with a name and a value more in its query; both are percent-encoded. */
  public ApiRequest query(String name, String value) {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
    List<Query> longer =
        Stream.concat(queries.stream(), Stream.of(new Query(name, value))).toList();
    return new ApiRequest(method, segments, longer, headers, token, body, repeatable);
  }

  /**
   * This one, with a header.
   *
   * @throws IllegalArgumentException if it cannot be sent as one, or is one that the API sets by
   *     itself: what is accepted, who asks, and the type, length and encoding of the body
   */
  public ApiRequest header(String name, String value) {
    if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "name must not be "
              + name
              + ", which the API sets by itself; see token and userAgent of its builder, and the"
              + " media type of json");
    }
    Headers more = headers.newBuilder().set(name, value).build();
    return new ApiRequest(method, segments, queries, more, token, body, repeatable);
  }

  /**
   * This one, signed by a bearer token of its own (RFC 6750), such as that of one upload: neither
   * what the API is signed with nor its own headers go with it, and it counts for the budget of
   * this token. Looked up for each call, and shown as little as the API's.
   */
  public ApiRequest token(Secret bearer) {
    requireNonNull(bearer, "bearer");
    return new ApiRequest(
        method, segments, queries, headers, Optional.of(bearer), body, repeatable);
  }

  /** This one, with a JSON body, as the node is now. */
  public ApiRequest json(JsonNode content) {
    return json(content, JSON);
  }

  /**
   * This one, with a JSON body of another media type, as the node is now.
   *
   * @param mediaType such as {@code application/merge-patch+json}
   * @throws IllegalArgumentException if {@code mediaType} is none
   */
  public ApiRequest json(JsonNode content, String mediaType) {
    RequestBody written = encoded(content, MediaType.get(mediaType));
    return with(secrets -> written);
  }

  /**
   * This one, with a JSON body that holds secrets. It is made for each call, of the values as they
   * are then; no failure shows them, even if the vendor repeats them.
   *
   * @param content makes the body; may be called several times
   */
  public ApiRequest json(Function<SecretValues, JsonNode> content) {
    return json(content, JSON);
  }

  /**
   * This one, with a JSON body of another media type that holds secrets.
   *
   * @param content makes the body; may be called several times
   * @param mediaType such as {@code application/merge-patch+json}
   * @throws IllegalArgumentException if {@code mediaType} is none
   */
  public ApiRequest json(Function<SecretValues, JsonNode> content, String mediaType) {
    requireNonNull(content, "content");
    MediaType type = MediaType.get(mediaType);
    return with(secrets -> encoded(content.apply(secrets), type));
  }

  /** This one, with a form of several parts; at least one. */
  public ApiRequest multipart(List<Part> parts) {
    RequestBody written = encoded(parts);
    return with(secrets -> written);
  }

  /**
   * This one, with a form of several parts that holds secrets; at least one part. It is made for
   * each call, of the values as they are then; no failure shows them, even if the vendor repeats
   * them.
   *
   * @param parts makes the parts; may be called several times
   */
  public ApiRequest multipart(Function<SecretValues, List<Part>> parts) {
    requireNonNull(parts, "parts");
    return with(secrets -> encoded(parts.apply(secrets)));
  }

  private static RequestBody encoded(List<Part> parts) {
    MultipartBody.Builder form = new MultipartBody.Builder().setType(MultipartBody.FORM);
    parts.forEach(part -> form.addPart(part.encoded()));
    return form.build();
  }

  /** This one, which may be sent again after a failure although it is no GET. */
  public ApiRequest repeatable() {
    return new ApiRequest(method, segments, queries, headers, token, body, true);
  }

  private static RequestBody encoded(JsonNode content, MediaType type) {
    return RequestBody.create(content.toString().getBytes(StandardCharsets.UTF_8), type);
  }

  private ApiRequest with(Body content) {
    if ("GET".equals(method)) {
      throw new IllegalArgumentException("a GET has no body");
    }
    return new ApiRequest(method, segments, queries, headers, token, content, repeatable);
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

  /** What it is signed with instead of the API's own, or empty. */
  Optional<Secret> token() {
    return token;
  }

  boolean isRepeatable() {
    return repeatable;
  }

  /** What is sent, or null for a GET. */
  @Nullable RequestBody body(SecretValues secrets) {
    return body == null ? emptyBody() : body.written(secrets);
  }

  /** What is sent where nothing is said about the body: null for a GET. */
  @Nullable RequestBody emptyBody() {
    return "GET".equals(method) ? null : RequestBody.create(new byte[0], null);
  }
}
