package nl.praatmetjeboekhouding.dirk;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * Where the journal of a runbook file is kept unless the file says it: one folder a file, so that
 * services of the same name in two projects have nothing to do with each other. Follows the XDG
 * Base Directory Specification.
 */
final class StateFolder {

  private StateFolder() {}

  static Path of(Path file) {
    return below(
        Optional.ofNullable(System.getenv("XDG_STATE_HOME")),
        Path.of(System.getProperty("user.home")),
        file.toAbsolutePath().normalize());
  }

  static Path below(Optional<String> stateHome, Path home, Path file) {
    Path state =
        stateHome
            .filter(name -> !name.isEmpty())
            .map(Path::of)
            .filter(Path::isAbsolute)
            .orElseGet(() -> home.resolve(".local").resolve("state"));
    String digest = Digest.of(file.toString().getBytes(StandardCharsets.UTF_8)).hex();
    String project =
        Optional.ofNullable(file.getParent())
            .map(Path::getFileName)
            .map(Path::toString)
            .orElse("root");
    return state.resolve("dirk").resolve(project + "-" + digest.substring(0, 12));
  }
}
