package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/**
 * Secrets in a file: an object of JSON with texts, or lines {@code NAME=value} as in {@code .env}.
 * There a value may stand between quotes, over several lines too; {@code \\n} between double quotes
 * is a line's end; what follows {@code #} outside of quotes is a comment.
 */
final class SecretsFile {

  private static final Pattern VARIABLE =
      Pattern.compile(
          "^\\s*(?:export\\s+)?([\\w.-]+)(?:\\s*=|:[ \\t])[ \\t]*"
              + "('(?:\\\\'|[^'])*'|\"(?:\\\\\"|[^\"])*\"|`(?:\\\\`|[^`])*`|[^#\\r\\n]*)"
              + "[ \\t]*(?:#.*)?$",
          Pattern.MULTILINE);

  private SecretsFile() {}

  /**
   * The secrets of a file by name.
   *
   * @throws ConfigurationException if it cannot be read, or holds something else; it shows no value
   */
  static Map<String, Secret> read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(
          file.toString(), "holds secrets and is not UTF-8; save it so");
    } catch (IOException e) {
      throw new ConfigurationException(
          file.toString(), "is the file of secrets and cannot be read: " + e.getClass().getName());
    }
    return text.strip().startsWith("{") ? json(file, text) : lines(text);
  }

  private static Map<String, Secret> json(Path file, String text) {
    JsonNode read;
    try {
      read = new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(
          file + ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr(),
          "holds secrets and is no JSON; mend it");
    }
    List<String> others =
        read.properties().stream()
            .filter(member -> !member.getValue().isTextual())
            .map(Map.Entry::getKey)
            .toList();
    if (!others.isEmpty()) {
      throw new ConfigurationException(
          file.toString(), "holds secrets that are no texts: " + String.join(", ", others));
    }
    Map<String, Secret> secrets = new LinkedHashMap<>();
    read.properties().forEach(member -> add(secrets, member.getKey(), member.getValue().asText()));
    return secrets;
  }

  private static Map<String, Secret> lines(String text) {
    Map<String, Secret> secrets = new LinkedHashMap<>();
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find()) {
      add(secrets, variable.group(1), value(variable.group(2).strip()));
    }
    return secrets;
  }

  private static String value(String written) {
    boolean isQuoted =
        written.length() > 1
            && "'\"`".indexOf(written.charAt(0)) >= 0
            && written.charAt(0) == written.charAt(written.length() - 1);
    if (!isQuoted) {
      return written;
    }
    String inner = written.substring(1, written.length() - 1);
    return written.charAt(0) == '"' ? inner.replace("\\n", "\n").replace("\\r", "\r") : inner;
  }

  private static void add(Map<String, Secret> secrets, String name, String value) {
    secrets.put(name, Secret.of(name, () -> value));
  }
}
