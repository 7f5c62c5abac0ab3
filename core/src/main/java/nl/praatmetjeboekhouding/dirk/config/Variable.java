package nl.praatmetjeboekhouding.dirk.config;

import static java.util.Objects.requireNonNull;

/** What an environment variable of a command is set to. */
public sealed interface Variable {

  /**
   * A text that stands in the configuration.
   *
   * @param text not a secret; may be empty
   */
  record Plain(String text) implements Variable {

    /** Checks that nothing is null. */
    public Plain {
      requireNonNull(text, "text");
      if (text.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("text must not hold the character 0");
      }
    }

    /** Without the text: somebody may have written a secret there. */
    @Override
    public String toString() {
      return "Plain";
    }
  }

  /**
   * The value of a secret.
   *
   * @param name what the secrets lookup knows it by
   */
  record FromSecret(String name) implements Variable {

    /** Checks that there is a name. */
    public FromSecret {
      requireNonNull(name, "name");
      if (name.isBlank()) {
        throw new IllegalArgumentException("name must not be blank");
      }
    }
  }
}
