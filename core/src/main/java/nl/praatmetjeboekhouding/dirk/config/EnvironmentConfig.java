package nl.praatmetjeboekhouding.dirk.config;

import static java.util.Objects.requireNonNull;

import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;

/**
 * A service in one environment.
 *
 * @param health how to see that it is well there
 * @param allowDifferentArtifact whether it may get another artifact than the environment before it,
 *     because the bundle bakes in where it runs
 * @param rollout how traffic comes to a new version; in staging always at once
 */
public record EnvironmentConfig(
    HealthConfig health, boolean allowDifferentArtifact, RolloutPolicy rollout) {

  /** Checks that nothing is null. */
  public EnvironmentConfig {
    requireNonNull(health, "health");
    requireNonNull(rollout, "rollout");
  }

  /** One that gets the same artifact as the environment before it, by the standard rollout. */
  public static EnvironmentConfig of(HealthConfig health) {
    return new EnvironmentConfig(health, false, RolloutPolicy.standard());
  }

  /** This one, allowed to get an artifact of its own. */
  public EnvironmentConfig allowingDifferentArtifact() {
    return new EnvironmentConfig(health, true, rollout);
  }

  /** This one, where traffic comes to a new version in this way. */
  public EnvironmentConfig withRollout(RolloutPolicy policy) {
    return new EnvironmentConfig(health, allowDifferentArtifact, policy);
  }
}
