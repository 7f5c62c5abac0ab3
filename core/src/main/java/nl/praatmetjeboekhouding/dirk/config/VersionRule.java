package nl.praatmetjeboekhouding.dirk.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** Where the label of a release ("0.2.1") comes from. */
public sealed interface VersionRule {

  /** {@code /version} of {@code package.json} in the project folder. */
  static VersionRule standard() {
    return new FromFile(Path.of("package.json"), "/version");
  }

  /**
   * From a JSON file.
   *
   * @param file relative to the project folder
   * @param pointer a JSON pointer (RFC 6901) to a text in it
   */
  record FromFile(Path file, String pointer) implements VersionRule {

    /** Checks that the file is relative and the pointer one. */
    public FromFile {
      requireNonNull(file, "file");
      requireNonNull(pointer, "pointer");
      if (file.isAbsolute()) {
        throw new IllegalArgumentException("file must be relative to the project: " + file);
      }
      if (!pointer.startsWith("/")) {
        throw new IllegalArgumentException("pointer must start with a slash: " + pointer);
      }
    }
  }

  /**
   * As written here.
   *
   * @param label one line of at most 100 characters, not blank
   */
  record Text(String label) implements VersionRule {

    /** Checks its form. */
    public Text {
      requireNonNull(label, "label");
      if (label.isBlank()) {
        throw new IllegalArgumentException("label must not be blank");
      }
      Forms.label(label);
    }
  }

  /** The commit that is checked out in the project folder, in short. */
  record Git() implements VersionRule {}
}
