package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;

/**
 * What is to be activated.
 *
 * @param target where
 * @param split who gets what
 * @param expectedBase what must be active for this to be right; a vendor that can compare and set
 *     refuses with CONFLICT if it is not, any other ignores it
 * @param key to be carried along so that {@link Deployer#findActivation} finds the activation later
 * @param reason why, for people who read the vendor's list; short, no secret
 */
public record ActivateRequest(
    Target target, Split split, ExpectedBase expectedBase, StepKey key, String reason) {

  /** Checks that nothing is null. */
  public ActivateRequest {
    requireNonNull(target, "target");
    requireNonNull(split, "split");
    requireNonNull(expectedBase, "expectedBase");
    requireNonNull(key, "key");
    requireNonNull(reason, "reason");
  }
}
