package nl.praatmetjeboekhouding.dirk.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import okhttp3.Handshake;
import okhttp3.MediaType;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What a probe saw of an answer.
 *
 * @param status the HTTP status
 * @param headers by name in lower case
 * @param type the media type, or empty text
 * @param text the body up to the limit
 * @param cut whether the body went on beyond the limit
 * @param certificateExpiry until when the certificate is valid, or empty without TLS
 */
record Page(
    int status,
    Map<String, String> headers,
    String type,
    String text,
    boolean cut,
    Optional<Instant> certificateExpiry) {

  private static final ObjectReader JSON = JsonMapper.builder().build().reader();
  private static final int EXCERPT = 300;

  static Page of(Response response, int limit) throws IOException {
    byte[] bytes = response.body().byteStream().readNBytes(limit + 1);
    boolean cut = bytes.length > limit;
    MediaType type = response.body().contentType();
    return new Page(
        response.code(),
        Answers.headers(response.headers()),
        type == null ? "" : type.type() + "/" + type.subtype(),
        new String(
            bytes,
            0,
            Math.min(bytes.length, limit),
            type == null ? StandardCharsets.UTF_8 : charset(type)),
        cut,
        expiry(response.handshake()));
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
    return Visible.text(text, EXCERPT);
  }

  private static Optional<Instant> expiry(@Nullable Handshake tls) {
    return Optional.ofNullable(tls)
        .flatMap(handshake -> handshake.peerCertificates().stream().findFirst())
        .filter(X509Certificate.class::isInstance)
        .map(certificate -> ((X509Certificate) certificate).getNotAfter().toInstant());
  }

  private static Charset charset(MediaType type) {
    Charset named = type.charset(StandardCharsets.UTF_8);
    return named == null ? StandardCharsets.UTF_8 : named;
  }
}
