package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Where a service runs, such as staging or production.
 *
 * @param name lower-case letters, digits and hyphens
 */
public record Environment(String name) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /** What is tried first. */
  public static final Environment STAGING = new Environment("staging");

  /** What users see. */
  public static final Environment PRODUCTION = new Environment("production");

  /** Checks the name. */
  public Environment {
    requireNonNull(name, "name");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name must be lower-case letters, digits and hyphens: " + name);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
