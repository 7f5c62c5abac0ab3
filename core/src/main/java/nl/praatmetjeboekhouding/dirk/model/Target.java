package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

/**
 * A service in an environment: what can be deployed to.
 *
 * @param service the service's name in the runbook file
 * @param environment where it runs
 */
public record Target(String service, Environment environment) {

  /** Checks that nothing is null or blank. */
  public Target {
    requireNonNull(service, "service");
    requireNonNull(environment, "environment");
    if (service.isBlank()) {
      throw new IllegalArgumentException("service must not be blank");
    }
  }

  /** {@code service/environment}. */
  @Override
  public String toString() {
    return service + "/" + environment;
  }
}
