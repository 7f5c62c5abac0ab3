package nl.praatmetjeboekhouding.dirk.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file that several proofs write to, one after the other: each takes the place of what it wrote
 * before and leaves the lines of the others.
 */
public final class ProofFile {

  /**
   * One thing that was tried.
   *
   * @param name what, for people
   * @param expected what had to come of it
   * @param seen what came of it
   * @param holds whether that is as expected
   */
  public record Line(String name, String expected, String seen, boolean holds) {

    /** Checks that nothing is null. */
    public Line {
      requireNonNull(name, "name");
      requireNonNull(expected, "expected");
      requireNonNull(seen, "seen");
    }

    @Override
    public String toString() {
      return name + " | " + expected + " | " + seen + " | " + (holds ? "ok" : "DIFFERS");
    }
  }

  private final Path file;

  private ProofFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** The file, which need not be there. */
  public static ProofFile at(Path file) {
    return new ProofFile(file);
  }

  /**
   * Writes the lines of a proof, as their {@code toString()} has them.
   *
   * @param proof a word, by which its lines are found again
   * @throws IOException if the file cannot be written
   */
  public void write(String proof, List<?> lines) throws IOException {
    String prefix = requireNonNull(proof, "proof") + ": ";
    List<String> all = new ArrayList<>();
    if (Files.exists(file)) {
      try (Stream<String> before = Files.lines(file)) {
        all.addAll(before.filter(line -> !line.startsWith(prefix)).toList());
      }
    }
    lines.forEach(line -> all.add(prefix + line));
    Path folder = Files.createDirectories(file.resolveSibling(""));
    Path unused = Files.write(folder.resolve(file.getFileName()), all);
  }
}
