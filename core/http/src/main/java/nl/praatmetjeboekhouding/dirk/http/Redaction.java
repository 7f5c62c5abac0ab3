package nl.praatmetjeboekhouding.dirk.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps a token and other secrets out of everything that people and logs see. */
final class Redaction {

  /** A secret, or a form of it, and what is shown instead. */
  private record Hidden(String text, String shown) {}

  private static final String TOKEN = "(token)";
  private static final String SECRET = "(secret)";

  /** Hiding a shorter secret would make every text unreadable, and hide what can be guessed. */
  private static final int SHORTEST = 4;

  private final List<Hidden> longestFirst;

  private Redaction(Stream<Hidden> hidden) {
    longestFirst =
        hidden
            .filter(one -> !one.text().isEmpty())
            .sorted(Comparator.comparingInt((Hidden one) -> one.text().length()).reversed())
            .toList();
  }

  /** One that hides nothing. */
  static Redaction none() {
    return new Redaction(Stream.empty());
  }

  /**
   * One that hides these, also as they stand within JSON, and each line of a secret.
   *
   * @param token the bearer token, or empty if there is none
   * @param secrets what stands in the body; what is shorter than four characters is left
   */
  static Redaction of(Optional<String> token, Collection<String> secrets) {
    Stream<Hidden> ofToken = token.stream().flatMap(value -> hidden(value, TOKEN));
    Stream<Hidden> ofSecrets =
        secrets.stream()
            .flatMap(value -> Stream.concat(Stream.of(value), value.lines().map(String::strip)))
            .filter(text -> text.length() >= SHORTEST)
            .distinct()
            .flatMap(text -> hidden(text, SECRET));
    return new Redaction(Stream.concat(ofToken, ofSecrets));
  }

  private static Stream<Hidden> hidden(String text, String shown) {
    String json = new String(JsonStringEncoder.getInstance().quoteAsString(text));
    return Stream.of(text, json).distinct().map(form -> new Hidden(form, shown));
  }

  /** The text, with what is hidden replaced. */
  String text(String text) {
    String shown = text;
    for (Hidden hidden : longestFirst) {
      shown = shown.replace(hidden.text(), hidden.shown());
    }
    return shown;
  }

  /** The headers, with what is hidden replaced. */
  Map<String, String> headers(Map<String, String> headers) {
    Map<String, String> shown = new HashMap<>(headers);
    shown.replaceAll((name, value) -> text(value));
    return shown;
  }

  /** The same with every text and every name redacted. */
  JsonNode json(JsonNode json) {
    if (json.isTextual()) {
      return TextNode.valueOf(text(json.asText()));
    }
    if (json.isArray()) {
      ArrayNode shown = JsonNodeFactory.instance.arrayNode();
      json.forEach(member -> shown.add(json(member)));
      return shown;
    }
    if (json.isObject()) {
      ObjectNode shown = JsonNodeFactory.instance.objectNode();
      json.properties()
          .forEach(member -> shown.set(text(member.getKey()), json(member.getValue())));
      return shown;
    }
    return json;
  }

  /** What was thrown, or empty if it or anything below it shows what is hidden. */
  Optional<Throwable> cause(Throwable thrown) {
    StringWriter printed = new StringWriter();
    thrown.printStackTrace(new PrintWriter(printed));
    String text = printed.toString();
    return longestFirst.stream().anyMatch(hidden -> text.contains(hidden.text()))
        ? Optional.empty()
        : Optional.of(thrown);
  }

  /** Without what is hidden. */
  @Override
  public String toString() {
    return "Redaction";
  }
}
