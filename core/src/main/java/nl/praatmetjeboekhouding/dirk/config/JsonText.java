package nl.praatmetjeboekhouding.dirk.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads JSON with comments and trailing commas into nodes that know where they stand. */
final class JsonText {

  private static final int DEEPEST = 32;

  /** How the parser tells another place in the text. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("\\[Source: [^;]*; line: ([0-9]+), column: ([0-9]+)]");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private final String source;
  private final Faults faults;
  private final JsonParser parser;
  private final Deque<Place> open = new ArrayDeque<>();

  private JsonText(String source, Faults faults, JsonParser parser) {
    this.source = source;
    this.faults = faults;
    this.parser = parser;
  }

  /** What the text holds, or empty if it is not JSON; what is wrong is added to the faults. */
  static Optional<Node> read(String source, String text, Faults faults) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new JsonText(source, faults, parser).read();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", e);
    }
  }

  private Optional<Node> read() throws IOException {
    try {
      return document();
    } catch (StreamConstraintsException e) {
      faults.add(place(source, parser.currentLocation()), tooMuch(e));
    } catch (JsonEOFException e) {
      faults.add(place(source, e.getLocation()), unfinished());
    } catch (JsonProcessingException e) {
      faults.add(place(source, e.getLocation()), "this is not JSON: " + problem(e));
    }
    return Optional.empty();
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
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Amount(place, amount(place));
      default -> new Node.Nothing(place);
    };
  }

  /** What has too many digits behind its e is well-formed, and still no number for Java. */
  private BigDecimal amount(Place place) throws IOException {
    try {
      return parser.getDecimalValue();
    } catch (NumberFormatException e) {
      faults.add(place, "a name or a number is too long");
      return BigDecimal.ZERO;
    }
  }

  private Node members(Place place) throws IOException {
    Map<String, Node.Member> members = new LinkedHashMap<>();
    open.push(place);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Place at = here();
      parser.nextToken();
      Node.Member earlier = members.putIfAbsent(name, new Node.Member(at, value()));
      if (earlier != null) {
        faults.add(
            at,
            "%s is already set in line %d: leave one of them out"
                .formatted(Shown.name(name), earlier.name().line()));
      }
    }
    open.pop();
    return new Node.Members(place, members);
  }

  private Node items(Place place) throws IOException {
    List<Node> items = new ArrayList<>();
    open.push(place);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value());
    }
    open.pop();
    return new Node.Items(place, items);
  }

  private Place here() {
    return place(source, parser.currentTokenLocation());
  }

  private static Place place(String source, JsonLocation location) {
    return new Place(
        source, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  private String unfinished() {
    Place begin = open.peek();
    return begin == null
        ? "this is not JSON: it ends before anything is said"
        : "this is not JSON: it ends too early; what begins in line %d, column %d is not closed"
            .formatted(begin.line(), begin.column());
  }

  private static String tooMuch(StreamConstraintsException thrown) {
    return thrown.getOriginalMessage().contains("nesting depth")
        ? "this is nested too deeply: " + DEEPEST + " levels are the most"
        : "a name or a number is too long";
  }

  /** The parser's own words, unless they quote the text: that may be a secret without quotes. */
  private static String problem(JsonProcessingException thrown) {
    String words = String.valueOf(thrown.getOriginalMessage());
    boolean quotes = words.contains("token '") && !words.startsWith("Unexpected character");
    return quotes || words.contains("numeric value")
        ? "a word or number that is none; text needs quotes"
        : ELSEWHERE.matcher(words).replaceAll("line $1, column $2");
  }
}
