package nl.praatmetjeboekhouding.dirk.spi;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Version;

/**
 * Power of a {@link Deployer} that can address one version of a target, whatever its share of the
 * traffic is.
 */
public interface Reach {

  /**
   * How to ask {@code version} instead of whichever version the traffic split chooses, or empty if
   * the vendor has no way to for this target, such as one whose name cannot stand in its header.
   * Computes only. The vendor may ignore it, so the identity in the answer still has to be checked.
   *
   * @param endpoint how the target is asked otherwise
   */
  Optional<Endpoint> reach(Version version, Endpoint endpoint);
}
