package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;

/**
 * What is to be activated.
 *
 * @param target where
 * @param split who gets what
 * @param expectedBase the id of the deployment that was active when this was decided, or empty if
 *     there was none; a vendor that can compare and set gets it, any other ignores it
 * @param key to be carried along so that {@link Deployer#findActivation} finds the activation later
 * @param reason why, for people who read the vendor's list; short, no secret
 */
public record ActivateRequest(
    Target target, Split split, Optional<String> expectedBase, StepKey key, String reason) {

  /** Checks that nothing is null. */
  public ActivateRequest {
    requireNonNull(target, "target");
    requireNonNull(split, "split");
    requireNonNull(expectedBase, "expectedBase");
    requireNonNull(key, "key");
    requireNonNull(reason, "reason");
  }
}
