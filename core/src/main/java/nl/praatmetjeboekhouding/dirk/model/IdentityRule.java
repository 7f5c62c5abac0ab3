package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/** Where in an answer a service tells which version of it answered. */
public sealed interface IdentityRule {

  /**
   * In a header.
   *
   * @param name the header's name, in any case
   */
  record Header(String name) implements IdentityRule {

    /** Checks that nothing is null. */
    public Header {
      requireNonNull(name, "name");
    }
  }

  /**
   * In a JSON body.
   *
   * @param pointer a JSON pointer (RFC 6901), such as {@code /version}
   */
  record Pointer(String pointer) implements IdentityRule {

    /** Checks that it is one. */
    public Pointer {
      requireNonNull(pointer, "pointer");
      if (!pointer.startsWith("/")) {
        throw new IllegalArgumentException("pointer must start with a slash: " + pointer);
      }
    }
  }

  /**
   * In the text of the body.
   *
   * @param pattern the identity is its first group, or the whole match if it has none
   */
  record Text(Pattern pattern) implements IdentityRule {

    /** Checks that nothing is null. */
    public Text {
      requireNonNull(pattern, "pattern");
    }
  }

  /**
   * Nowhere: the service cannot tell its version, so no gate can prove that the new one answers.
   */
  record None() implements IdentityRule {}
}
