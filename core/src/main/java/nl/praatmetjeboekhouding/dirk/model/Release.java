package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was built.
 *
 * @param label what people call it, such as {@code 0.2.1}
 * @param digest over its modules and assets, see {@link #digestOf}; settings are not part of it
 */
public record Release(String label, Digest digest) {

  /** Checks that nothing is null or blank. */
  public Release {
    requireNonNull(label, "label");
    requireNonNull(digest, "digest");
    if (label.isBlank()) {
      throw new IllegalArgumentException("label must not be blank");
    }
  }

  /**
   * The digest of a set of files: SHA-256 over one line a file, {@code DIGEST SIZE NAME\n}, sorted
   * by name. Where the files lie, their order and their times do not matter.
   */
  public static Digest digestOf(List<ContentFile> files) {
    return Digest.of(
        files.stream()
            .sorted(Comparator.comparing(ContentFile::name))
            .map(file -> file.digest().hex() + " " + file.size() + " " + file.name() + "\n")
            .collect(Collectors.joining()));
  }

  /** The label with the abbreviated digest. */
  @Override
  public String toString() {
    return label + " (" + digest.abbreviated() + ")";
  }
}
