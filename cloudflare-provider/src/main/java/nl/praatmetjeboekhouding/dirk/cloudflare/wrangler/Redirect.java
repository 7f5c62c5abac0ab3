package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;

/**
 * A build tool's word that the wrangler file to deploy by is one that it made.
 *
 * @param environment for which it was made, or empty if it does not say
 * @param tags {@code cf:} tags, or empty if no environments were configured
 * @see <a
 *     href="https://developers.cloudflare.com/workers/wrangler/configuration/#generated-wrangler-configuration">Generated
 *     configuration</a>
 */
record Redirect(Optional<String> environment, List<String> tags) {

  /** Where a build tool writes it, as wrangler looks for it. */
  private static final Path WHERE = Path.of(".wrangler", "deploy", "config.json");

  /** What such a file says that no other does. */
  private static final List<String> OF_THE_TOOL =
      List.of(
          "configPath",
          "userConfigPath",
          "topLevelName",
          "definedEnvironments",
          "targetEnvironment",
          "legacy_env");

  /**
   * The file that a build tool made for this folder, or empty if none did.
   *
   * @throws ConfigurationException if it does not say which, or that file is not there
   */
  static Optional<Path> in(Path folder) {
    return isIn(folder) ? Optional.of(target(folder, word(folder))) : Optional.empty();
  }

  private static Path word(Path folder) {
    return folder.resolve(WHERE);
  }

  /** Whether a build tool made one for this folder, wherever it is now. */
  static boolean isIn(Path folder) {
    return Files.isRegularFile(word(folder));
  }

  private static Path target(Path folder, Path word) {
    String source = folder.relativize(word).toString();
    JsonNode told = Document.read(word).root().path("configPath");
    if (!told.isTextual() || told.asText().isEmpty()) {
      throw new ConfigurationException(
          source,
          "must name the wrangler file that the build made, as \"configPath\"; build again");
    }
    try {
      Path file = word.resolveSibling(told.asText()).normalize();
      if (Files.isRegularFile(file)) {
        return file;
      }
    } catch (InvalidPathException e) {
      // told below, as what is not there
    }
    throw new ConfigurationException(
        source,
        "names "
            + told.asText()
            + ", which is not there; build again, or take "
            + source
            + " away if it is left over from another build");
  }

  /**
   * What a file that a build tool made says of how it was made.
   *
   * @param made the file, from which that is taken out
   * @throws ConfigurationException if it declares environments
   */
  static Redirect of(Document made) {
    ObjectNode root = made.root();
    JsonNode declared = root.path("env");
    if (declared.isObject() && !declared.isEmpty()) {
      throw new ConfigurationException(
          List.of(
              made.fault(
                  "/env",
                  "a wrangler file that a build made is for one environment and must declare none;"
                      + " mend the tool that made it")));
    }
    Optional<String> environment = text(root, "targetEnvironment");
    Redirect redirect = new Redirect(environment, tags(root, environment));
    root.remove(OF_THE_TOOL);
    return redirect;
  }

  private static List<String> tags(ObjectNode root, Optional<String> environment) {
    Optional<String> service =
        text(root, "topLevelName").filter(any -> !root.path("definedEnvironments").isEmpty());
    return Stream.concat(
            service.map(name -> "cf:service=" + name).stream(),
            service.flatMap(any -> environment).map(name -> "cf:environment=" + name).stream())
        .toList();
  }

  private static Optional<String> text(ObjectNode root, String key) {
    return Optional.of(root.path(key))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(text -> !text.isEmpty());
  }
}
