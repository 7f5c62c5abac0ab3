package nl.praatmetjeboekhouding.dirk.spi;

import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Version;

/**
 * Power of a {@link Deployer} that can address one version of a target, whatever its share of the
 * traffic is.
 */
public interface Reach {

  /**
   * How to ask {@code version} instead of whichever version the traffic split chooses. Computes
   * only. The vendor may ignore it, so the identity in the answer still has to be checked.
   *
   * @param endpoint how the target is asked otherwise
   */
  Endpoint reach(Version version, Endpoint endpoint);
}
