package nl.praatmetjeboekhouding.dirk.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Editors, by the schema, and Dirk, by its reader, agree on what a runbook file may say. */
final class SchemaAgreementTest {

  private static final Path SCHEMA = Path.of("../docs/dirk.schema.json");
  private static final Path TABLE = Path.of("src/test/resources/runbook-table.jsonc");
  private static final Path EXAMPLE = Path.of("src/test/resources/dirk.jsonc");
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final JsonMapper JSONC =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static Schema schema;

  @TempDir private Path folder;

  /**
   * A file, and who takes it.
   *
   * @param reason why the schema takes what the reader does not, or empty where they agree
   */
  private record Row(String name, JsonNode document, boolean good, String reason) {

    @Override
    public String toString() {
      return name + (good ? " is good" : " is bad") + (reason.isEmpty() ? "" : ", but " + reason);
    }
  }

  @BeforeAll
  static void readSchema() throws IOException {
    schema = REGISTRY.getSchema(Files.readString(SCHEMA));
  }

  static List<Row> rows() throws IOException {
    JsonNode table = JSONC.readTree(TABLE.toFile());
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("the example", JSONC.readTree(EXAMPLE.toFile()), true, ""));
    rows.add(new Row("the least", Runbook.LEAST.document(), true, ""));
    rows.add(new Row("a list", JSONC.createArrayNode(), false, ""));
    add(rows, table.path("good"), true, "");
    add(rows, table.path("bad"), false, "");
    table
        .path("readerOnly")
        .properties()
        .forEach(reason -> add(rows, reason.getValue(), false, reason.getKey()));
    for (String verdict : List.of("good", "bad")) {
      for (JsonNode name : table.path("serviceNames").path(verdict)) {
        rows.add(
            new Row(
                "service " + name,
                renamed(name.textValue()).document(),
                verdict.equals("good"),
                ""));
      }
    }
    for (String pointer : required(Runbook.LEAST.document(), "").toList()) {
      rows.add(new Row("without " + pointer, Runbook.LEAST.without(pointer).document(), false, ""));
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theReaderAgreesWithTheTable(Row row) throws IOException {
    Path file = Files.writeString(folder.resolve("dirk.jsonc"), row.document().toPrettyString());

    assertThat(isRead(file)).isEqualTo(row.good());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theSchemaAgreesWithTheTable(Row row) {
    boolean expected = row.good() || !row.reason().isEmpty();

    assertThat(schema.validate(row.document()).isEmpty()).isEqualTo(expected);
  }

  @Test
  void theSchemaIsOne() throws IOException {
    Schema meta =
        REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

    assertThat(meta.validate(JSONC.readTree(SCHEMA.toFile()))).isEmpty();
  }

  @Test
  void theSchemaDescribesEveryKey() throws IOException {
    JsonNode root = JSONC.readTree(SCHEMA.toFile());

    assertThat(properties(root))
        .hasSizeGreaterThan(30)
        .allSatisfy(
            property ->
                assertThat(isDescribed(root, property.getValue())).as(property.getKey()).isTrue());
  }

  @Test
  void theReferenceNamesEveryKey() throws IOException {
    String reference = Files.readString(Path.of("../docs/configuration.md"));

    assertThat(properties(JSONC.readTree(SCHEMA.toFile())))
        .allSatisfy(property -> assertThat(reference).contains("| `" + property.getKey() + "` |"));
  }

  private static void add(List<Row> rows, JsonNode part, boolean good, String reason) {
    for (var at : part.properties()) {
      for (JsonNode value : at.getValue()) {
        Runbook runbook = Runbook.LEAST.with(at.getKey(), value.toString());
        rows.add(new Row(at.getKey() + " " + value, runbook.document(), good, reason));
      }
    }
  }

  private static Runbook renamed(String name) {
    JsonNode service = Runbook.LEAST.document().at("/services/api");
    String pointer = "/services/" + name.replace("~", "~0").replace("/", "~1");
    return Runbook.LEAST.without("/services/api").with(pointer, service.toString());
  }

  /** Every key of the least runbook: each is needed, or it would not be the least. */
  private static Stream<String> required(JsonNode node, String path) {
    return node.properties().stream()
        .filter(member -> !path.equals("/services"))
        .flatMap(
            member ->
                Stream.concat(
                    Stream.of(path + "/" + member.getKey()),
                    required(member.getValue(), path + "/" + member.getKey())));
  }

  private static boolean isRead(Path file) {
    try {
      return DirkConfig.read(file).services().size() > 0;
    } catch (ConfigurationException e) {
      assertThat(e.faults()).allSatisfy(fault -> assertThat(fault.line()).isPositive());
      return false;
    }
  }

  /** What the objects of a schema may hold; not what is said besides of a part that has a type. */
  private static List<Map.Entry<String, JsonNode>> properties(JsonNode node) {
    List<Map.Entry<String, JsonNode>> properties = new ArrayList<>();
    if (node.has("type")) {
      properties.addAll(node.path("properties").properties());
    }
    node.forEach(child -> properties.addAll(properties(child)));
    return properties;
  }

  private static boolean isDescribed(JsonNode root, JsonNode property) {
    String reference = property.path("$ref").asText("#").substring(1);
    return property.has("description") || root.at(reference).has("description");
  }
}
