package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

/**
 * One thing of a target that is not part of any version, such as its routes or its crons.
 *
 * @param name what it is, unique in its target: lower-case letters, digits and hyphens
 * @param value all of it, in the provider's own form; no secret's value
 * @param summary what it says, for people
 */
public record LiveSetting(String name, String value, String summary) {

  /** Checks that nothing is null or blank. */
  public LiveSetting {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
    requireNonNull(summary, "summary");
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank");
    }
  }
}
