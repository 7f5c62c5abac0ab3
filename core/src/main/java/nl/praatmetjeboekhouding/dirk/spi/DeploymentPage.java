package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Deployment;

/**
 * Some deployments of a target, newest first.
 *
 * @param deployments newest first; may be empty
 * @param next what to ask for the following page with, or empty if the vendor has no more to show
 */
public record DeploymentPage(List<Deployment> deployments, Optional<String> next) {

  /** The only page, or the last one. */
  public static DeploymentPage last(List<Deployment> deployments) {
    return new DeploymentPage(deployments, Optional.empty());
  }

  /** Checks that nothing is null. */
  public DeploymentPage {
    deployments = List.copyOf(deployments);
    requireNonNull(next, "next");
  }
}
