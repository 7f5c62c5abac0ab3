package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.cloudflare.WorkerSecrets;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/** Does through Dirk what wrangler's commands about secrets ask for. */
final class SecretCommands {

  private static final Pattern VARIABLE = Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*=\\s*(.*?)\\s*");

  private final WorkerSecrets secrets;
  private final String worker;
  private final CallContext call;

  SecretCommands(WorkerSecrets secrets, String worker, CallContext call) {
    this.secrets = secrets;
    this.worker = worker;
    this.call = call;
  }

  void put(String name, String input) {
    secrets.put(worker, name, secret(name, input.strip()), call);
  }

  void remove(String name) {
    secrets.remove(worker, name, call);
  }

  void list() {
    secrets.names(worker, call);
  }

  /** Takes JSON or lines of {@code NAME=value}, from a file or else from the input. */
  void bulk(Optional<Path> file, String input) throws IOException {
    String text = file.isPresent() ? Files.readString(file.get()) : input;
    Map<String, Optional<Secret>> changes = new LinkedHashMap<>();
    if (text.strip().startsWith("{")) {
      new ObjectMapper()
          .readTree(text)
          .properties()
          .forEach(
              member ->
                  changes.put(
                      member.getKey(),
                      Optional.of(member.getValue())
                          .filter(value -> !value.isNull())
                          .map(value -> secret(member.getKey(), value.asText()))));
    } else {
      for (String line : text.lines().toList()) {
        Matcher variable = VARIABLE.matcher(line);
        if (variable.matches()) {
          String value = variable.group(2).replaceAll("^([\"'])(.*)\\1$", "$2");
          changes.put(variable.group(1), Optional.of(secret(variable.group(1), value)));
        }
      }
    }
    secrets.change(worker, changes, call);
  }

  private static Secret secret(String name, String value) {
    return Secret.of(name, () -> value);
  }
}
