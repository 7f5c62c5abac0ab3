package nl.praatmetjeboekhouding.dirk.context;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.context.ContextProblem.Kind;

/** The folder that all documents are in: finds what a name stands for, and never leaves it. */
final class Root {

  private final Path folder;
  private final Path real;
  private final Consumer<ContextProblem> problems;

  Root(Path folder, Consumer<ContextProblem> problems) {
    this.folder = folder;
    this.real = realOf(folder);
    this.problems = problems;
  }

  private static Path realOf(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder;
    }
  }

  /**
   * Where the file or folder of this name really is, links followed; or empty, with a problem, if
   * it is not there or is outside.
   */
  Optional<Path> find(String name) {
    if (name.startsWith("/") || List.of(name.split("/")).contains("..")) {
      return problem(name, Kind.OUTSIDE, "its name leads out of " + folder);
    }
    Path path;
    try {
      path = folder.resolve(name);
    } catch (InvalidPathException e) {
      return problem(name, Kind.UNREADABLE, "is not a name that this machine can write");
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return problem(name, Kind.MISSING, "is missing" + whatIsThere(path));
    }
    return followed(name, path);
  }

  private Optional<Path> followed(String name, Path path) {
    try {
      Path target = path.toRealPath();
      if (!target.startsWith(real)) {
        return problem(name, Kind.OUTSIDE, "a link on the way leads out of " + folder);
      }
      Path written = path.toRealPath(LinkOption.NOFOLLOW_LINKS);
      return name.equals(ContextRules.ROOT) || written.endsWith(name)
          ? Optional.of(target)
          : problem(name, Kind.MISSING, "is missing" + whatIsThere(path));
    } catch (NoSuchFileException e) {
      return problem(name, Kind.MISSING, "is a link to something that is not there");
    } catch (AccessDeniedException e) {
      return problem(name, Kind.UNREADABLE, "may not be reached by this user");
    } catch (IOException e) {
      return problem(name, Kind.UNREADABLE, "cannot be followed: " + e.getMessage());
    }
  }

  /** What may be meant: names differ by their case, also on disks that do not mind. */
  private String whatIsThere(Path path) {
    if (!Files.isDirectory(folder)) {
      return ", as is the folder " + folder;
    }
    Path parent = path.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return "";
    }
    String name = String.valueOf(path.getFileName());
    try (Stream<Path> there = Files.list(parent)) {
      return there
          .map(other -> String.valueOf(other.getFileName()))
          .filter(name::equalsIgnoreCase)
          .findFirst()
          .map(other -> "; there is " + other + ", but the case of letters counts")
          .orElse("");
    } catch (IOException | java.io.UncheckedIOException e) {
      return "";
    }
  }

  private Optional<Path> problem(String name, Kind kind, String message) {
    problems.accept(new ContextProblem(name, kind, message));
    return Optional.empty();
  }
}
