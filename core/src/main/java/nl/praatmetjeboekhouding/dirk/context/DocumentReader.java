package nl.praatmetjeboekhouding.dirk.context;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.context.ContextProblem.Kind;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/** Reads the documents of some rules once, and says what is the matter with those it cannot. */
final class DocumentReader {

  /** More files than this in one folder are a mistake in the rules, not documents. */
  private static final int MOST_FILES = 10_000;

  private final ContextRules rules;
  private final List<ContextDocument> documents = new ArrayList<>();
  private final List<ContextProblem> problems = new ArrayList<>();

  DocumentReader(ContextRules rules) {
    this.rules = rules;
  }

  ContextReading read() {
    TreeSet<String> names = new TreeSet<>(rules.files());
    for (String folder : rules.folders()) {
      names.addAll(list(folder));
    }
    names.forEach(this::add);
    documents.sort(Comparator.comparing(ContextDocument::name));
    problems.sort(Comparator.comparing(ContextProblem::document));
    return new ContextReading(documents, problems);
  }

  /** The names of all files in a folder and below it; what is the matter becomes a problem. */
  private List<String> list(String folder) {
    Path path = rules.root().resolve(folder);
    Optional<ContextProblem> outside = outside(folder, path);
    if (outside.isPresent()) {
      problems.add(outside.get());
      return List.of();
    }
    if (!Files.isDirectory(path)) {
      problem(folder, Kind.UNREADABLE, "is a file, but must be a folder");
      return List.of();
    }
    try (Stream<Path> files = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
      List<String> names =
          files
              .filter(file -> !Files.isDirectory(file))
              .limit(MOST_FILES + 1)
              .map(this::nameOf)
              .sorted()
              .toList();
      if (names.isEmpty()) {
        problem(folder, Kind.EMPTY, "there is no document in this folder");
      }
      if (names.size() > MOST_FILES) {
        problem(folder, Kind.TOO_LARGE, "holds more than " + MOST_FILES + " files");
        return List.of();
      }
      return names;
    } catch (IOException | java.io.UncheckedIOException e) {
      problem(folder, Kind.UNREADABLE, "cannot be listed: " + e.getMessage());
      return List.of();
    }
  }

  private String nameOf(Path file) {
    return rules.root().relativize(file).toString().replace('\\', '/');
  }

  private void add(String name) {
    Path path = rules.root().resolve(name);
    Optional<ContextProblem> outside = outside(name, path);
    if (outside.isPresent()) {
      problems.add(outside.get());
      return;
    }
    try {
      BasicFileAttributes before = Files.readAttributes(path, BasicFileAttributes.class);
      if (!before.isRegularFile()) {
        problem(name, Kind.UNREADABLE, "is not a file");
        return;
      }
      byte[] content = content(path);
      BasicFileAttributes after = Files.readAttributes(path, BasicFileAttributes.class);
      if (content.length > rules.fileLimit()) {
        problem(name, Kind.TOO_LARGE, "is larger than " + rules.fileLimit() + " bytes");
      } else if (!before.lastModifiedTime().equals(after.lastModifiedTime())
          || content.length != after.size()) {
        problem(name, Kind.UNSTABLE, "changes while it is read: try again");
      } else {
        keep(name, content);
      }
    } catch (IOException e) {
      problem(name, Kind.UNREADABLE, "cannot be read: " + e.getMessage());
    }
  }

  private byte[] content(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(Math.toIntExact(rules.fileLimit() + 1));
    }
  }

  private void keep(String name, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      problem(name, Kind.EMPTY, "there is nothing in it");
      return;
    }
    documents.add(new ContextDocument(name, Digest.of(content), text));
  }

  /** The problem if a path is missing or leads out of the root, links followed. */
  private Optional<ContextProblem> outside(String name, Path path) {
    if (!path.normalize().startsWith(rules.root().normalize())) {
      return Optional.of(new ContextProblem(name, Kind.OUTSIDE, "leads out of " + rules.root()));
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(new ContextProblem(name, Kind.MISSING, "is missing"));
    }
    try {
      return path.toRealPath().startsWith(rules.root().toRealPath())
          ? Optional.empty()
          : Optional.of(
              new ContextProblem(
                  name, Kind.OUTSIDE, "is a link that leads out of " + rules.root()));
    } catch (IOException e) {
      return Optional.of(
          new ContextProblem(name, Kind.UNREADABLE, "cannot be followed: " + e.getMessage()));
    }
  }

  private void problem(String name, Kind kind, String message) {
    problems.add(new ContextProblem(name, kind, message));
  }
}
