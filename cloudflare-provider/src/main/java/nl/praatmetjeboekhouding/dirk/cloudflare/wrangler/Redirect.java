package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;

/**
 * The configuration that a build tool wrote out of a project's own and that is deployed instead of
 * it. It is for one environment, which the tool chose.
 */
final class Redirect {

  private static final String POINTER = ".wrangler/deploy/config.json";

  private Redirect() {}

  /**
   * The file that a project's folder points to, or empty if no tool wrote one.
   *
   * @throws ConfigurationException if it points to nothing
   */
  static Optional<Path> of(Path folder) {
    Path pointer = folder.resolve(POINTER);
    if (!Files.isRegularFile(pointer)) {
      return Optional.empty();
    }
    JsonNode named = Document.read(pointer).root().path("configPath");
    if (!named.isTextual() || named.asText().isEmpty()) {
      throw new ConfigurationException(
          POINTER, "names no file in \"configPath\"; build the project again, or delete it");
    }
    Path file = pointer.resolveSibling(named.asText()).normalize();
    if (!Files.isRegularFile(file)) {
      throw new ConfigurationException(
          POINTER, "leads to " + file + ", which is not there; build the project again");
    }
    return Optional.of(file);
  }

  /**
   * Checks that the tool wrote what can be deployed.
   *
   * @param environment that which is asked for
   */
  static Document checked(Document document, Optional<String> environment) {
    ObjectNode root = document.root();
    if (!root.path("env").isEmpty()) {
      throw new ConfigurationException(
          document.file().toString(),
          "was written by a build tool and has environments, where it must be for one of them;"
              + " tell those who make the tool");
    }
    Optional<String> target = environment(document);
    if (target.isPresent() && environment.isPresent() && !target.equals(environment)) {
      throw new ConfigurationException(
          document.file().toString(),
          "was built for the environment "
              + target.get()
              + " and not for "
              + environment.get()
              + "; build the project for that one");
    }
    root.remove("legacy_env");
    return document;
  }

  /** The environment that it was written for, or empty for the top level. */
  static Optional<String> environment(Document document) {
    return Optional.of(document.root().path("targetEnvironment").asText(""))
        .filter(name -> !name.isEmpty());
  }

  /** How Cloudflare groups the Workers of a project's environments. */
  static List<String> tags(Document document) {
    String service = document.root().path("topLevelName").asText("");
    List<String> tags = new ArrayList<>();
    if (!document.root().path("definedEnvironments").isEmpty() && !service.isEmpty()) {
      tags.add("cf:service=" + service);
      environment(document).ifPresent(name -> tags.add("cf:environment=" + name));
    }
    return tags;
  }
}
