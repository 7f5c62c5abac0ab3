package nl.praatmetjeboekhouding.dirk.internal;

import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.model.Target;

/**
 * A target with what its gate looks at.
 *
 * @param allowsDifferentArtifact whether it may get another artifact than the stage before it
 * @param rollout how traffic comes to a new version
 */
public record Stage(
    Target target,
    Endpoint endpoint,
    HealthPolicy policy,
    boolean allowsDifferentArtifact,
    RolloutPolicy rollout) {

  boolean isProduction() {
    return target.environment().equals(Environment.PRODUCTION);
  }
}
