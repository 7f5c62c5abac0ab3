package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * One thing of a target that is not part of any version, such as its routes or its crons.
 *
 * @param name what it is, unique in its target: lower-case letters, digits and hyphens
 * @param value what it is or is to be, in the provider's own form; no secret's value
 * @param summary what it says, for people
 */
public record LiveSetting(String name, String value, String summary) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /** Checks that nothing is null and that the name is one. */
  public LiveSetting {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
    requireNonNull(summary, "summary");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name must be lower-case letters, digits and hyphens, at most 63 of them: '"
              + name
              + "'");
    }
  }

  /** Without the value, which may hold what is nobody's business. */
  @Override
  public String toString() {
    return "LiveSetting[" + name + ": " + summary + "]";
  }
}
