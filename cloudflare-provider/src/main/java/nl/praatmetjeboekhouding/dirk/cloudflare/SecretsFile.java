package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/**
 * Secrets in a file, as wrangler takes them: an object of JSON with texts, or lines {@code
 * NAME=value} as in {@code .env}. A byte order mark of UTF-8 is passed over. Holds nothing; safe
 * for use by several threads.
 */
public final class SecretsFile {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private SecretsFile() {}

  /**
   * What a file says to change, by name, in its order: what is null in JSON is empty here, to be
   * taken away. For {@link WorkerSecrets#change}, {@link VersionSecrets#change} and {@link
   * PagesSecrets#change}.
   *
   * @throws ConfigurationException if it cannot be read, or holds something else or nothing; it
   *     shows no value
   */
  public static Map<String, Optional<Secret>> changes(Path file) {
    String text = text(file);
    return isJson(text)
        ? json(file.toString(), text)
        : lines(file.toString(), text, Optional.empty());
  }

  /**
   * What a text says to change, as it would in a file.
   *
   * @param source what the text is called where it is wrong
   * @throws ConfigurationException as {@link #changes}
   */
  public static Map<String, Optional<Secret>> changesIn(String text, String source) {
    return isJson(text) ? json(source, text) : lines(source, text, Optional.empty());
  }

  /**
   * The secrets of a file that goes with an upload, by name: what is null in JSON is passed over,
   * and lines may refer to each other.
   *
   * @param variables what they may refer to besides; also takes the place of secrets in lines
   * @throws ConfigurationException as {@link #changes}
   */
  static Map<String, Secret> read(Path file, Map<String, String> variables) {
    String text = text(file);
    Map<String, Optional<Secret>> all =
        isJson(text)
            ? json(file.toString(), text)
            : lines(file.toString(), text, Optional.of(variables));
    Map<String, Secret> given = new LinkedHashMap<>();
    all.forEach((name, value) -> value.ifPresent(secret -> given.put(name, secret)));
    return given;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(
          file.toString(), "holds secrets and is not UTF-8; save it so");
    } catch (IOException e) {
      throw new ConfigurationException(
          file.toString(), "is the file of secrets and cannot be read: " + e.getClass().getName());
    }
  }

  private static boolean isJson(String text) {
    String begin = unmarked(text).strip();
    return begin.startsWith("{") || begin.startsWith("[");
  }

  private static String unmarked(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static Map<String, Optional<Secret>> json(String source, String text) {
    JsonNode read;
    try {
      read = MAPPER.readTree(unmarked(text));
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(
          source + ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr(),
          "holds secrets and is no JSON; mend it");
    }
    if (!read.isObject()) {
      throw new ConfigurationException(
          source, "holds secrets in a list; write an object, with a text for each name");
    }
    List<String> others =
        read.properties().stream()
            .filter(member -> !member.getValue().isTextual() && !member.getValue().isNull())
            .map(Map.Entry::getKey)
            .toList();
    if (!others.isEmpty()) {
      throw new ConfigurationException(
          source, "holds secrets that are no texts: " + String.join(", ", others));
    }
    Map<String, Optional<Secret>> secrets = new LinkedHashMap<>();
    read.properties()
        .forEach(
            member ->
                secrets.put(
                    member.getKey(),
                    Optional.of(member.getValue())
                        .filter(JsonNode::isTextual)
                        .map(value -> secret(member.getKey(), value.asText()))));
    return secrets;
  }

  private static Map<String, Optional<Secret>> lines(
      String source, String text, Optional<Map<String, String>> variables) {
    Map<String, String> read = EnvLines.read(unmarked(text));
    if (read.isEmpty()) {
      throw new ConfigurationException(
          source, "holds no secrets; write NAME=value in lines, or an object of JSON");
    }
    Map<String, Optional<Secret>> secrets = new LinkedHashMap<>();
    variables
        .map(known -> EnvLines.expanded(read, known))
        .orElse(read)
        .forEach((name, value) -> secrets.put(name, Optional.of(secret(name, value))));
    return secrets;
  }

  private static Secret secret(String name, String value) {
    return Secret.of(name, () -> value);
  }
}
