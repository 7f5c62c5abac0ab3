package nl.praatmetjeboekhouding.dirk.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares code blocks of documents with marked regions of source files. A Java block must stand
 * under {@code <!-- snippet: PATH#NAME -->}, where the path starts at the root, and be word for
 * word what the file has between {@code // snippet: NAME} and {@code // end}, but for the common
 * indent. Blocks in other languages are compared if they stand under one.
 */
record Snippets(Path root) {

  private static final Pattern MARK = Pattern.compile("<!-- snippet: ([^#]+)#([a-z0-9-]+) -->");

  /** What is wrong with a document, a sentence each. */
  List<String> faults(Path document) throws IOException {
    List<String> faults = new ArrayList<>();
    List<String> lines = Files.readAllLines(document);
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      if (!line.stripLeading().startsWith("```")) {
        continue;
      }
      int end = at + 1;
      while (end < lines.size() && !lines.get(end).strip().equals("```")) {
        end++;
      }
      String place = root.relativize(document) + ":" + (at + 1) + ": ";
      boolean mustBeMarked = line.strip().equals("```java");
      fault(mark(lines, at), mustBeMarked, lines.subList(at + 1, Math.min(end, lines.size())))
          .ifPresent(fault -> faults.add(place + fault));
      at = end;
    }
    return faults;
  }

  private static Optional<Matcher> mark(List<String> lines, int block) {
    int above = block - 1;
    while (above >= 0 && lines.get(above).isBlank()) {
      above--;
    }
    return Optional.of(above)
        .filter(index -> index >= 0)
        .map(index -> MARK.matcher(lines.get(index).strip()))
        .filter(Matcher::matches);
  }

  private Optional<String> fault(Optional<Matcher> mark, boolean mustBeMarked, List<String> shown)
      throws IOException {
    if (mark.isEmpty()) {
      return mustBeMarked
          ? Optional.of("a Java block must stand under <!-- snippet: PATH#NAME -->")
          : Optional.empty();
    }
    String name = mark.get().group(2);
    Path file = root.resolve(mark.get().group(1));
    if (!Files.isRegularFile(file)) {
      return Optional.of("there is no file " + mark.get().group(1));
    }
    Optional<String> region = region(Files.readAllLines(file), name);
    if (region.isEmpty()) {
      return Optional.of(mark.get().group(1) + " has no region " + name);
    }
    String text = String.join("\n", shown);
    return text.equals(region.get())
        ? Optional.empty()
        : Optional.of(
            "differs from region %s of %s, which is now:%n%s"
                .formatted(name, mark.get().group(1), region.get()));
  }

  private static Optional<String> region(List<String> lines, String name) {
    int start = -1;
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at).strip();
      if (start < 0 && line.equals("// snippet: " + name)) {
        start = at + 1;
      } else if (start >= 0 && line.equals("// end")) {
        return Optional.of(
            String.join("\n", lines.subList(start, at)).stripTrailing().stripIndent());
      }
    }
    return Optional.empty();
  }
}
