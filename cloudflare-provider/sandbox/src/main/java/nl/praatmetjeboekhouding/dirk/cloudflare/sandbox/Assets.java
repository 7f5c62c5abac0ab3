package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URLConnection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The static assets of a version.
 *
 * @param present whether it has any, be it none in number
 * @param files by path, with a slash at the front
 * @param config how they are served, as it was sent
 */
record Assets(boolean present, Map<String, Bytes> files, JsonNode config) {

  Assets {
    files = Map.copyOf(files);
  }

  static Assets none() {
    return new Assets(false, Map.of(), MissingNode.getInstance());
  }

  /**
   * What answers a request before the code is asked: the file, or that of the page. Redirects, own
   * headers and {@code run_worker_first} are not simulated.
   */
  Optional<Answer> at(Request request) {
    if (!List.of("GET", "HEAD").contains(request.method())) {
      return Optional.empty();
    }
    String path = URLDecoder.decode(request.path().replace("+", "%2B"), StandardCharsets.UTF_8);
    return List.of(path, path + ".html", path.replaceFirst("/$", "") + "/index.html").stream()
        .filter(files::containsKey)
        .findFirst()
        .map(found -> answer(200, found));
  }

  /** What is said where there is neither a file nor code. */
  Answer notFound() {
    return switch (config.path("not_found_handling").asText()) {
      case "single-page-application" -> page(200, "/index.html");
      case "404-page" -> page(404, "/404.html");
      default -> Answer.of(404, "text/plain", Bytes.NONE);
    };
  }

  private Answer page(int status, String path) {
    return files.containsKey(path)
        ? answer(status, path)
        : Answer.of(404, "text/plain", Bytes.NONE);
  }

  private Answer answer(int status, String path) {
    String type = Optional.ofNullable(URLConnection.guessContentTypeFromName(path)).orElse("");
    Bytes content = files.getOrDefault(path, Bytes.NONE);
    return Answer.of(status, type.isEmpty() ? "application/octet-stream" : type, content)
        .with(EdgeServer.ENGINE, "assets");
  }
}
