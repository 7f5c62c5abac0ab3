package nl.praatmetjeboekhouding.dirk.context;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.context.ContextProblem.Kind;

/**
 * Finds the documents in one folder and below it, as {@code ls} does: what begins with a dot is
 * none. Each folder is listed once, under its own name where it has one here, so that links in a
 * circle do no harm; none is listed that is outside of the root.
 */
final class FolderWalk {

  private final Root root;
  private final int most;
  private final Consumer<ContextProblem> problems;
  private final Set<String> documents = new TreeSet<>();
  private final Set<Path> listed = new HashSet<>();
  private final Deque<String> folders = new ArrayDeque<>();
  private final Deque<String> linked = new ArrayDeque<>();
  private int seen;
  private boolean told;

  FolderWalk(Root root, int most, Consumer<ContextProblem> problems) {
    this.root = root;
    this.most = most;
    this.problems = problems;
  }

  /** The names of all documents, sorted; what is the matter becomes a problem. */
  Set<String> documents(String folder) {
    Optional<Path> real = root.find(folder);
    real.ifPresent(path -> list(folder, path));
    while (seen <= most && !(folders.isEmpty() && linked.isEmpty())) {
      String next = folders.isEmpty() ? linked.remove() : folders.remove();
      root.find(next).ifPresent(path -> list(next, path));
    }
    if (seen > most) {
      problem(folder, Kind.TOO_LARGE, "holds more than " + most + " files and folders");
      return Set.of();
    }
    if (documents.isEmpty() && !told && real.isPresent()) {
      problem(folder, Kind.EMPTY, "there is no document in this folder");
    }
    return documents;
  }

  private void list(String folder, Path real) {
    if (!Files.isDirectory(real)) {
      problem(folder, Kind.UNREADABLE, "is a file, but must be a folder");
      return;
    }
    if (!listed.add(real)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(real)) {
      List<Path> children = new ArrayList<>();
      for (Path entry : entries) {
        if (++seen > most) {
          return;
        }
        children.add(entry);
      }
      children.sort(null);
      children.forEach(child -> visit(folder, child));
    } catch (IOException | DirectoryIteratorException e) {
      problem(folder, Kind.UNREADABLE, "cannot be listed by this user: " + e.getMessage());
    }
  }

  private void visit(String folder, Path child) {
    String name = String.valueOf(child.getFileName());
    if (name.startsWith(".")) {
      return;
    }
    String document = folder.equals(ContextRules.ROOT) ? name : folder + "/" + name;
    if (!isWritten(child, name)) {
      problem(document, Kind.UNREADABLE, "has a name that this machine cannot write; rename it");
      return;
    }
    root.find(document)
        .ifPresent(
            real -> {
              if (Files.isDirectory(real)) {
                (Files.isSymbolicLink(child) ? linked : folders).add(document);
              } else {
                documents.add(document);
              }
            });
  }

  /** Whether the name as text means the same file again. */
  private static boolean isWritten(Path file, String name) {
    try {
      return file.resolveSibling(name).equals(file);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private void problem(String name, Kind kind, String message) {
    told = true;
    problems.accept(new ContextProblem(name, kind, message));
  }
}
