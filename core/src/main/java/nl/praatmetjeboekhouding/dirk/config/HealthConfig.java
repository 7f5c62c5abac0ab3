package nl.praatmetjeboekhouding.dirk.config;

import static java.util.Objects.requireNonNull;

import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;

/**
 * How to see that a target is well.
 *
 * @param endpoint what to look at, and where the answer tells the version
 * @param policy how many readings make a verdict
 */
public record HealthConfig(Endpoint endpoint, HealthPolicy policy) {

  /** Checks that nothing is null. */
  public HealthConfig {
    requireNonNull(endpoint, "endpoint");
    requireNonNull(policy, "policy");
  }

  /** With the standard policy. */
  public static HealthConfig of(Endpoint endpoint) {
    return new HealthConfig(endpoint, HealthPolicy.standard());
  }

  /** This one, judged by another policy. */
  public HealthConfig withPolicy(HealthPolicy other) {
    return new HealthConfig(endpoint, other);
  }
}
