package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Cloudflare's open-source Workers runtime on this machine.
 *
 * @param binary the executable
 */
public record Workerd(Path binary) {

  private static final String VARIABLE = "DIRK_WORKERD";

  /** Checks that the executable is there. */
  public Workerd {
    requireNonNull(binary, "binary");
    if (!Files.isExecutable(binary)) {
      throw new IllegalArgumentException("not an executable file: " + binary);
    }
  }

  /**
   * Looks for it: in the folders given, in {@code DIRK_WORKERD}, on the path.
   *
   * @param nodeModules folders named {@code node_modules}; npm brings it along with wrangler
   */
  public static Optional<Workerd> find(Path... nodeModules) {
    return Stream.of(
            Stream.of(nodeModules).flatMap(Workerd::packaged),
            Stream.ofNullable(System.getenv(VARIABLE)).map(Path::of),
            Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve("workerd")))
        .flatMap(paths -> paths)
        .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
        .filter(path -> !isScript(path))
        .findFirst()
        .map(Workerd::new);
  }

  private static Stream<Path> packaged(Path nodeModules) {
    Path scope = nodeModules.resolve("@cloudflare");
    if (!Files.isDirectory(scope)) {
      return Stream.of();
    }
    try (Stream<Path> packages = Files.list(scope)) {
      return packages
          .filter(folder -> String.valueOf(folder.getFileName()).startsWith("workerd-"))
          .sorted()
          .map(folder -> folder.resolve("bin").resolve("workerd"))
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.of();
    }
  }

  /** npm puts a script of this name on the path; it would outlive nobody who kills it. */
  private static boolean isScript(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return in.read() == '#' && in.read() == '!';
    } catch (IOException e) {
      return true;
    }
  }
}
