package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import nl.praatmetjeboekhouding.dirk.model.Target;

/**
 * What is to be prepared. The deployer knows the project folder from its {@link ProviderContext}.
 *
 * @param target where it shall go
 */
public record PrepareRequest(Target target) {

  /** Checks that nothing is null. */
  public PrepareRequest {
    requireNonNull(target, "target");
  }
}
