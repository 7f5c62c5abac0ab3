package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Cloudflare's OpenAPI document, where somebody names one with {@code -Dopenapi=FILE}: each answer
 * that a test gets is then held against it. Where it wants exactly one of several forms, more than
 * one will do, as it does for Cloudflare itself.
 */
final class Specification {

  private static final Optional<Specification> GIVEN =
      Optional.ofNullable(System.getProperty("openapi")).map(Path::of).map(Specification::read);

  /** The rate limiter answers 971, which is lower than the lowest documented code. */
  private static final String LOW_CODE = "/errors/0/code: must have a minimum value of 1000";

  private static final String IRI = "https://openapi.invalid/cloudflare.json";

  private final JsonNode document;
  private final SchemaRegistry registry;

  private Specification(String text) {
    document = ApiRequest.read(Bytes.utf8(text.replace("\"oneOf\":", "\"anyOf\":")));
    requireNothingThatIsOnlySent(document);
    registry =
        SchemaRegistry.withDialect(
            Dialects.getOpenApi30(), builder -> builder.schemas(Map.of(IRI, document.toString())));
  }

  /** Empty if none was named. */
  static Optional<Specification> given() {
    return GIVEN;
  }

  /**
   * What is wrong with an answer; nothing if it is as documented, or if nothing is documented.
   *
   * @param path behind {@code /client/v4}, perhaps with a query
   */
  List<String> faults(String method, String path, int status, String body) {
    return template(path.replaceFirst("\\?.*", ""))
        .flatMap(template -> response(template, method.toLowerCase(Locale.ROOT), status))
        .map(pointer -> validate(pointer, body))
        .orElse(List.of());
  }

  private List<String> validate(String pointer, String body) {
    return registry
        .getSchema(SchemaLocation.of(IRI + "#" + pointer))
        .validate(body, InputFormat.JSON)
        .stream()
        .map(Object::toString)
        .filter(fault -> !fault.contains(LOW_CODE))
        .toList();
  }

  private Optional<String> response(String template, String method, int status) {
    JsonNode responses = document.path("paths").path(template).path(method).path("responses");
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

  /** What is {@code writeOnly} is required of requests only (OpenAPI 3.0, Schema Object). */
  private static void requireNothingThatIsOnlySent(JsonNode schema) {
    if (schema.path("required") instanceof ArrayNode required) {
      for (int at = required.size() - 1; at >= 0; at--) {
        String name = required.get(at).asText();
        if (schema.path("properties").path(name).path("writeOnly").asBoolean()) {
          required.remove(at);
        }
      }
    }
    schema.forEach(Specification::requireNothingThatIsOnlySent);
  }

  /** The documented path with the fewest variables. */
  private Optional<String> template(String path) {
    return document.path("paths").properties().stream()
        .map(Map.Entry::getKey)
        .filter(template -> path.matches(template.replaceAll("\\{[^}]+}", "[^/]+")))
        .min((one, other) -> Long.compare(variables(one), variables(other)));
  }

  private static long variables(String template) {
    return template.chars().filter(each -> each == '{').count();
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
