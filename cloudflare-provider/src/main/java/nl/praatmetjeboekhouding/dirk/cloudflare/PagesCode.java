package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.http.Part;

/**
 * The code of a Pages project: a {@code _worker.js} in the folder that is deployed, or else the
 * functions of the project, and what they were built into.
 *
 * @param source where it stands; empty if the project has none
 * @param hasFunctions whether it is functions
 * @param upload what it belongs to
 */
record PagesCode(Optional<Path> source, boolean hasFunctions, PagesUpload upload) {

  static final String WORKER = "_worker.bundle";
  static final String ROUTES = "_routes.json";
  static final String ROUTING = "functions-filepath-routing-config.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** So many rules, each so long, are taken by Pages. */
  private static final int MOST = 100;

  static PagesCode of(PagesUpload upload) {
    Path folder = upload.folder().toAbsolutePath().normalize();
    Path functions =
        upload
            .file()
            .map(Path::toAbsolutePath)
            .map(Path::normalize)
            .map(file -> Files.isDirectory(file) ? file : file.resolveSibling(""))
            .map(project -> project.resolve("functions"))
            .orElseGet(() -> folder.resolveSibling("functions"));
    Optional<Path> worker =
        Stream.of("_worker.js", WORKER).map(folder::resolve).filter(Files::exists).findFirst();
    return worker.isPresent() || !Files.exists(functions)
        ? new PagesCode(worker, false, upload)
        : new PagesCode(Optional.of(functions), true, upload);
  }

  /** Code would be left out in silence, and the site would be another one. */
  void requireBuilt() {
    source
        .filter(any -> upload.code().isEmpty())
        .ifPresent(
            code -> {
              throw new ConfigurationException(
                  code.toString(),
                  "is code, which has to be built before it goes to Pages: have Bundler do that,"
                      + " and nothing was sent");
            });
  }

  /** How paths lead to functions, for the dashboard. */
  List<Part> routing() {
    return built(ROUTING).map(file -> PagesForm.file(ROUTING, file)).stream().toList();
  }

  /**
   * The code itself, and for which paths it is asked; nothing if none was built.
   *
   * @throws ConfigurationException if the build left something out, or its rules are wrong
   */
  List<Part> worker() {
    if (upload.code().isEmpty()) {
      return List.of();
    }
    List<Part> parts = new ArrayList<>();
    Path bundle =
        built(WORKER)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        upload.code().get().toString(), "holds no " + WORKER + "; build it again"));
    parts.add(PagesForm.file(WORKER, bundle));
    Path own = upload.folder().resolve(ROUTES);
    if (Files.isRegularFile(own)) {
      check(own);
      parts.add(PagesForm.file(ROUTES, own));
    } else {
      built(ROUTES).ifPresent(file -> parts.add(PagesForm.file(ROUTES, file)));
    }
    return parts;
  }

  private Optional<Path> built(String name) {
    return upload.code().map(folder -> folder.resolve(name)).filter(Files::isRegularFile);
  }

  private static void check(Path file) {
    JsonNode routes;
    try {
      routes = JSON.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(file.toString(), "is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new ConfigurationException(file.toString(), "cannot be read: " + e.getMessage());
    }
    JsonNode include = routes.path("include");
    JsonNode exclude = routes.path("exclude");
    if (routes.path("version").asInt() != 1 || !include.isArray() || !exclude.isArray()) {
      throw new ConfigurationException(
          file.toString(), "must have \"version\": 1 and the lists \"include\" and \"exclude\"");
    }
    if (include.isEmpty() || include.size() + exclude.size() > MOST) {
      throw new ConfigurationException(
          file.toString(), "must include something, and have no more than " + MOST + " rules");
    }
    for (JsonNode list : List.of(include, exclude)) {
      for (JsonNode rule : list) {
        String text = rule.asText();
        if (!text.startsWith("/") || text.length() > MOST) {
          throw new ConfigurationException(
              file.toString(),
              "has the rule "
                  + rule
                  + ", which must begin with / and have no more than "
                  + MOST
                  + " characters");
        }
      }
    }
  }
}
