package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Cloudflare's OpenAPI document, where somebody names one with {@code -Dopenapi=FILE}: what is sent
 * and what is answered is held against it. Where it wants exactly one of several forms, more than
 * one will do, as it does for Cloudflare itself.
 */
final class Specification {

  private static final Optional<Specification> GIVEN =
      Optional.ofNullable(System.getProperty("openapi")).map(Path::of).map(Specification::read);

  /** The rate limiter answers 971, which is lower than the lowest documented code. */
  private static final String LOW_CODE = "/errors/0/code: must have a minimum value of 1000";

  private static final String IRI = "https://openapi.invalid/cloudflare.json";

  private final JsonNode document;
  private final SchemaRegistry sent;
  private final SchemaRegistry answered;

  private Specification(String text) {
    String lenient = text.replace("\"oneOf\":", "\"anyOf\":");
    document = ApiRequest.read(Bytes.utf8(lenient));
    sent = registry(lenient, "readOnly");
    answered = registry(lenient, "writeOnly");
  }

  /**
   * What only the other side sends is not required (OpenAPI 3.0, Schema Object).
   *
   * @param others the mark of what the other side sends
   */
  private static SchemaRegistry registry(String text, String others) {
    JsonNode schemas = ApiRequest.read(Bytes.utf8(text));
    requireNothingThatIs(others, schemas);
    return SchemaRegistry.withDialect(
        Dialects.getOpenApi30(), builder -> builder.schemas(Map.of(IRI, schemas.toString())));
  }

  /** Empty if none was named. */
  static Optional<Specification> given() {
    return GIVEN;
  }

  /** The operation that a request asks for, as the document names it; empty if it knows none. */
  Optional<String> named(String method, String path) {
    return template(method, path).map(template -> method + " " + template);
  }

  /**
   * What is wrong with an answer; nothing if it is as documented, or if nothing is documented.
   *
   * @param path behind {@code /client/v4}, perhaps with a query
   */
  List<String> faults(String method, String path, int status, String body) {
    return template(method, path.replaceFirst("\\?.*", ""))
        .flatMap(template -> response(template, method.toLowerCase(Locale.ROOT), status))
        .map(pointer -> validate(answered, pointer, body))
        .orElse(List.of());
  }

  /**
   * What is wrong with a request of a documented operation: its path, its query, the type of its
   * body, or the body.
   */
  List<String> faults(String method, String path, String query, String type, Bytes body) {
    String template = template(method, path).orElseThrow();
    JsonNode operation = operation(template, method);
    List<String> faults = new ArrayList<>();
    List<JsonNode> parameters = parameters(template, operation);
    faults.addAll(pathFaults(template, path, parameters));
    faults.addAll(queryFaults(query, parameters));
    faults.addAll(bodyFaults(operation, type, body));
    return faults;
  }

  private List<JsonNode> parameters(String template, JsonNode operation) {
    return Stream.of(
            document.path("paths").path(template).path("parameters"), operation.path("parameters"))
        .flatMap(all -> StreamSupport.stream(all.spliterator(), false))
        .map(this::resolved)
        .toList();
  }

  private List<String> pathFaults(String template, String path, List<JsonNode> parameters) {
    String[] names = template.split("/", -1);
    String[] values = path.split("/", -1);
    List<String> faults = new ArrayList<>();
    for (int at = 0; at < names.length; at++) {
      if (names[at].startsWith("{")) {
        String name = names[at].substring(1, names[at].length() - 1);
        String value = decoded(values[at]);
        parameters.stream()
            .filter(isIn("path", name))
            .forEach(parameter -> faults.addAll(faults("path", name, value, parameter)));
      }
    }
    return faults;
  }

  private List<String> queryFaults(String query, List<JsonNode> parameters) {
    List<String> faults = new ArrayList<>();
    List<String> given = new ArrayList<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      String[] both = pair.split("=", 2);
      String name = decoded(both[0]);
      given.add(name);
      Optional<JsonNode> parameter = parameters.stream().filter(isIn("query", name)).findFirst();
      if (parameter.isEmpty()) {
        faults.add("query " + name + " is not documented");
      } else {
        faults.addAll(
            faults("query", name, both.length == 1 ? "" : decoded(both[1]), parameter.get()));
      }
    }
    parameters.stream()
        .filter(parameter -> parameter.path("in").asText().equals("query"))
        .filter(parameter -> parameter.path("required").asBoolean())
        .map(parameter -> parameter.path("name").asText())
        .filter(name -> !given.contains(name))
        .forEach(name -> faults.add("query " + name + " is missing"));
    return faults;
  }

  private static Predicate<JsonNode> isIn(String place, String name) {
    return parameter ->
        parameter.path("in").asText().equals(place) && parameter.path("name").asText().equals(name);
  }

  /** A text in a path or a query may stand for a number or a boolean. */
  private List<String> faults(String place, String name, String value, JsonNode parameter) {
    JsonNode schema = resolved(parameter.path("schema"));
    if (schema.path("type").asText().matches("array|object|")) {
      return List.of();
    }
    boolean isText = schema.path("type").asText().equals("string");
    String json = isText ? Json.MAPPER.valueToTree(value).toString() : value;
    return SchemaRegistry.withDialect(Dialects.getOpenApi30())
        .getSchema(schema.toString(), InputFormat.JSON)
        .validate(json, InputFormat.JSON)
        .stream()
        .map(fault -> place + " " + name + ": " + fault)
        .toList();
  }

  private List<String> bodyFaults(JsonNode operation, String type, Bytes body) {
    if (body.size() == 0) {
      boolean isMissing = operation.at("/requestBody/required").asBoolean();
      return isMissing ? List.of("the body is missing") : List.of();
    }
    String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    JsonNode content = resolved(operation.path("requestBody")).path("content");
    Optional<String> documented =
        Stream.of(plain, "*/*").filter(each -> content.path(each).isObject()).findFirst();
    if (documented.isEmpty()) {
      return List.of("a body of type '" + plain + "' is not documented");
    }
    JsonNode schema = content.path(documented.get()).path("schema");
    return switch (documented.get()) {
      case "application/json", "application/merge-patch+json" -> validate(schema, body.utf8());
      case "multipart/form-data" -> validate(schema, form(schema, type, body).toString());
      default -> List.of();
    };
  }

  /** Parts that are JSON by their schema, and the names of the others. */
  private ObjectNode form(JsonNode schema, String type, Bytes body) {
    ObjectNode form = Json.object();
    JsonNode properties = resolved(schema).path("properties");
    for (Part part : Multipart.parse(type, body)) {
      JsonNode wanted = resolved(properties.path(part.name()));
      boolean isJson = !wanted.isMissingNode() && !wanted.path("type").asText().equals("string");
      if (isJson) {
        form.set(part.name(), ApiRequest.read(part.content()));
      } else if (!wanted.isMissingNode()) {
        form.put(part.name(), part.content().utf8());
      }
    }
    return form;
  }

  private List<String> validate(JsonNode schema, String body) {
    ObjectNode holder = Json.object();
    holder.set("allOf", Json.array(Stream.of(absolute(schema.deepCopy()))));
    requireNothingThatIs("readOnly", holder);
    return sent
        .getSchema(holder.toString(), InputFormat.JSON)
        .validate(body, InputFormat.JSON)
        .stream()
        .map(Object::toString)
        .toList();
  }

  /** The same with references that name the document. */
  private static JsonNode absolute(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.path("$ref").isTextual()) {
      object.put("$ref", IRI + object.path("$ref").asText());
    }
    schema.forEach(Specification::absolute);
    return schema;
  }

  private JsonNode resolved(JsonNode node) {
    return node.path("$ref").isTextual()
        ? resolved(document.at(node.path("$ref").asText().substring(1)))
        : node;
  }

  private static List<String> validate(SchemaRegistry registry, String pointer, String body) {
    return registry
        .getSchema(SchemaLocation.of(IRI + "#" + pointer))
        .validate(body, InputFormat.JSON)
        .stream()
        .map(Object::toString)
        .filter(fault -> !fault.contains(LOW_CODE))
        .toList();
  }

  private JsonNode operation(String template, String method) {
    return document.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
  }

  private Optional<String> response(String template, String method, int status) {
    JsonNode responses = operation(template, method).path("responses");
    return Stream.of(Integer.toString(status), status / 100 + "XX")
        .filter(key -> responses.path(key).at("/content/application~1json/schema").isObject())
        .findFirst()
        .map(
            key ->
                "/paths/"
                    + escaped(template)
                    + "/"
                    + method
                    + "/responses/"
                    + key
                    + "/content/application~1json/schema");
  }

  private static void requireNothingThatIs(String mark, JsonNode schema) {
    if (schema.path("required") instanceof ArrayNode required) {
      for (int at = required.size() - 1; at >= 0; at--) {
        String name = required.get(at).asText();
        if (schema.path("properties").path(name).path(mark).asBoolean()) {
          required.remove(at);
        }
      }
    }
    schema.forEach(each -> requireNothingThatIs(mark, each));
  }

  /** The documented path of this method with the fewest variables. */
  private Optional<String> template(String method, String path) {
    return document.path("paths").properties().stream()
        .filter(each -> each.getValue().path(method.toLowerCase(Locale.ROOT)).isObject())
        .map(Map.Entry::getKey)
        .filter(template -> path.matches(template.replaceAll("\\{[^}]+}", "[^/]+")))
        .min((one, other) -> Long.compare(variables(one), variables(other)));
  }

  private static long variables(String template) {
    return Arrays.stream(template.split("/", -1)).filter(part -> part.startsWith("{")).count();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String escaped(String template) {
    return template.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
  }

  private static Specification read(Path file) {
    try {
      return new Specification(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("-Dopenapi names no readable file", e);
    }
  }
}
