package nl.praatmetjeboekhouding.dirk.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JSON with comments and trailing commas into nodes that know where they stand. */
final class JsonText {

  private static final int DEEPEST = 32;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private final String source;
  private final Faults faults;
  private final JsonParser parser;

  private JsonText(String source, Faults faults, JsonParser parser) {
    this.source = source;
    this.faults = faults;
    this.parser = parser;
  }

  /** What the text holds, or empty if it is not JSON; what is wrong is added to the faults. */
  static Optional<Node> read(String source, String text, Faults faults) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new JsonText(source, faults, parser).document();
    } catch (JsonProcessingException e) {
      faults.add(place(source, e.getLocation()), problem(e));
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", e);
    }
  }

  private Optional<Node> document() throws IOException {
    if (parser.nextToken() == null) {
      faults.add(new Place(source, 1, 1), "there is nothing in it: write { \"services\": ... }");
      return Optional.empty();
    }
    Node root = value();
    if (parser.nextToken() != null) {
      faults.add(here(), "nothing may follow after the end of the document");
    }
    return Optional.of(root);
  }

  private Node value() throws IOException {
    Place place = here();
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> members(place);
      case START_ARRAY -> items(place);
      case VALUE_STRING -> new Node.Text(place, parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> new Node.Flag(place, token == JsonToken.VALUE_TRUE);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Amount(place, parser.getDecimalValue());
      default -> new Node.Nothing(place);
    };
  }

  private Node members(Place place) throws IOException {
    Map<String, Node.Member> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Place at = here();
      parser.nextToken();
      Node.Member earlier = members.putIfAbsent(name, new Node.Member(at, value()));
      if (earlier != null) {
        faults.add(at, name + " is already set in line " + earlier.name().line());
      }
    }
    return new Node.Members(place, members);
  }

  private Node items(Place place) throws IOException {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value());
    }
    return new Node.Items(place, items);
  }

  private Place here() {
    return place(source, parser.currentTokenLocation());
  }

  private static Place place(String source, JsonLocation location) {
    return new Place(
        source, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  /** The parser's own words, unless they quote the text: that may be a secret without quotes. */
  private static String problem(JsonProcessingException thrown) {
    String words = String.valueOf(thrown.getOriginalMessage());
    boolean quotes = words.startsWith("Unrecognized token") || words.contains("numeric value");
    return "this is not JSON: "
        + (quotes ? "a word or number that is none; text needs quotes" : words);
  }
}
