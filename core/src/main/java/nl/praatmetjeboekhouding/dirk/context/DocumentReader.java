package nl.praatmetjeboekhouding.dirk.context;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import nl.praatmetjeboekhouding.dirk.context.ContextProblem.Kind;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * Reads the documents of some rules once, and says what is the matter with those it cannot. Opens
 * nothing but files: a pipe would wait for somebody to write to it.
 */
final class DocumentReader {

  /** More files than these in one folder are a mistake in the rules, not documents. */
  private static final int MOST_FILES = 10_000;

  private final ContextRules rules;
  private final long mostBytes;
  private final int mostFiles;
  private final List<ContextDocument> documents = new ArrayList<>();
  private final List<ContextProblem> problems = new ArrayList<>();
  private long total;

  DocumentReader(ContextRules rules) {
    this(rules, ContextRules.MOST, MOST_FILES);
  }

  DocumentReader(ContextRules rules, long mostBytes, int mostFiles) {
    this.rules = rules;
    this.mostBytes = mostBytes;
    this.mostFiles = mostFiles;
  }

  ContextReading read() {
    Root root = new Root(rules.root(), problems::add);
    TreeSet<String> names = new TreeSet<>(rules.files());
    for (String folder : rules.folders()) {
      names.addAll(new FolderWalk(root, mostFiles, problems::add).documents(folder));
    }
    for (String name : names) {
      root.find(name).ifPresent(path -> read(name, path));
    }
    documents.sort(Comparator.comparing(ContextDocument::name));
    problems.sort(Comparator.comparing(ContextProblem::document));
    return new ContextReading(documents, problems.stream().distinct().toList());
  }

  private void read(String name, Path real) {
    try {
      BasicFileAttributes before = attributes(real);
      if (!before.isRegularFile()) {
        problem(name, Kind.UNREADABLE, "is not a file");
        return;
      }
      if (before.size() > rules.fileLimit()) {
        problem(name, Kind.TOO_LARGE, "is larger than " + rules.fileLimit() + " bytes");
        return;
      }
      total += before.size();
      if (total > mostBytes) {
        problem(
            name,
            Kind.TOO_LARGE,
            "makes all documents together larger than " + mostBytes + " bytes");
        return;
      }
      byte[] content = content(real);
      if (isSame(before, attributes(real)) && content.length == before.size()) {
        keep(name, content);
      } else {
        problem(name, Kind.UNSTABLE, "changes while it is read: try again");
      }
    } catch (AccessDeniedException e) {
      problem(name, Kind.UNREADABLE, "may not be read by this user");
    } catch (IOException e) {
      problem(name, Kind.UNREADABLE, "cannot be read: " + e.getMessage());
    }
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isSame(BasicFileAttributes before, BasicFileAttributes after) {
    return before.lastModifiedTime().equals(after.lastModifiedTime())
        && before.size() == after.size()
        && Objects.equals(before.fileKey(), after.fileKey());
  }

  private byte[] content(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(Math.toIntExact(rules.fileLimit() + 1));
    }
  }

  private void keep(String name, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    if (text.codePoints().noneMatch(DocumentReader::isSeen)) {
      problem(name, Kind.EMPTY, "there is nothing in it");
      return;
    }
    documents.add(new ContextDocument(name, Digest.of(content), text));
  }

  /** Whether a reader sees something: not so for white space, controls and a byte order mark. */
  private static boolean isSeen(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private void problem(String name, Kind kind, String message) {
    problems.add(new ContextProblem(name, kind, message));
  }
}
