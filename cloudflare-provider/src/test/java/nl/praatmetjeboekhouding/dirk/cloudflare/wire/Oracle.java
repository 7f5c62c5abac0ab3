package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the recording API, the comparison and the recordings of the real wrangler are looked for:
 * beside the scenarios, then in the folder that the build names, then in {@code shared/wire} of
 * every folder above the module.
 */
final class Oracle {

  private final List<Path> folders;

  private Oracle(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /**
   * Looks nowhere yet.
   *
   * @param scenarios the scenarios' folder
   * @param home the folder that the build names; it need not be there
   * @param module the folder of the module that this harness belongs to
   */
  static Oracle of(Path scenarios, Path home, Path module) {
    List<Path> folders = new ArrayList<>();
    Stream.of(scenarios.toAbsolutePath().normalize().getParent())
        .filter(parent -> parent != null)
        .forEach(folders::add);
    folders.add(home.toAbsolutePath().normalize());
    folders.addAll(above(module));
    return new Oracle(folders);
  }

  /** The folder with the recordings of the real wrangler, for whoever has no scenarios yet. */
  static Optional<Path> home(Path named, Path module) {
    return Stream.concat(Stream.of(named), above(module).stream())
        .filter(folder -> Files.isDirectory(folder.resolve("golden")))
        .findFirst();
  }

  private static List<Path> above(Path module) {
    return Stream.iterate(
            module.toAbsolutePath().normalize(), folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolve("shared/wire"))
        .toList();
  }

  /** The first file of this name, or empty if there is none. */
  Optional<Path> find(String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** The first file of this name; fails with all places if there is none. */
  Path need(String name, String property) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    name + " is in none of " + folders + "; say where it is with -D" + property));
  }
}
