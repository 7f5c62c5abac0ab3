package nl.praatmetjeboekhouding.dirk.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.Response;

/**
 * What a probe saw of an answer.
 *
 * @param status the HTTP status
 * @param headers by name in lower case
 * @param type the media type, or empty text
 * @param text the body up to the limit
 * @param cut whether the body went on beyond the limit
 */
record Page(int status, Map<String, String> headers, String type, String text, boolean cut) {

  private static final ObjectReader JSON = JsonMapper.builder().build().reader();
  private static final int EXCERPT = 300;

  static Page of(Response response, int limit) throws IOException {
    byte[] bytes = response.body().byteStream().readNBytes(limit + 1);
    boolean cut = bytes.length > limit;
    MediaType type = response.body().contentType();
    return new Page(
        response.code(),
        Exchange.headers(response.headers()),
        type == null ? "" : type.type() + "/" + type.subtype(),
        new String(
            bytes,
            0,
            Math.min(bytes.length, limit),
            type == null ? StandardCharsets.UTF_8 : charset(type)),
        cut);
  }

  /** The body as JSON, or a missing node if it is none. */
  JsonNode json() {
    try {
      return text.isBlank() || cut ? MissingNode.getInstance() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  boolean isJson() {
    return type.equals("application/json") || type.endsWith("+json");
  }

  /** The beginning of the body without control and invisible characters, for people. */
  String excerpt() {
    return text.codePoints()
        .limit(EXCERPT)
        .map(letter -> isVisible(letter) ? letter : ' ')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isVisible(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  private static Charset charset(MediaType type) {
    Charset named = type.charset(StandardCharsets.UTF_8);
    return named == null ? StandardCharsets.UTF_8 : named;
  }
}
