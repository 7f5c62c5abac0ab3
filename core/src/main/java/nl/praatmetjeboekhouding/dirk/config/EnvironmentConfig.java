package nl.praatmetjeboekhouding.dirk.config;

import static java.util.Objects.requireNonNull;

/**
 * A service in one environment.
 *
 * @param health how to see that it is well there
 * @param allowDifferentArtifact whether it may get another artifact than the environment before it,
 *     because the bundle bakes in where it runs
 */
public record EnvironmentConfig(HealthConfig health, boolean allowDifferentArtifact) {

  /** Checks that nothing is null. */
  public EnvironmentConfig {
    requireNonNull(health, "health");
  }

  /** One that gets the same artifact as the environment before it. */
  public static EnvironmentConfig of(HealthConfig health) {
    return new EnvironmentConfig(health, false);
  }

  /** This one, allowed to get an artifact of its own. */
  public EnvironmentConfig allowingDifferentArtifact() {
    return new EnvironmentConfig(health, true);
  }
}
