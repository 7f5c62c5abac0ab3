package nl.praatmetjeboekhouding.dirk.internal;

import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Split;

/**
 * Who may serve a target directly before it is switched, so that nobody's deploy is overwritten.
 */
@FunctionalInterface
interface Standing {

  /** Whatever serves. */
  Standing ANYTHING = active -> true;

  /** Whether this may be switched away from. */
  boolean allows(Optional<Deployment> active);

  /** Only what was read before. */
  static Standing base(Base base) {
    return base::stillStands;
  }

  /**
   * Only these deployments, by the vendor's ids: those that a run made one after the other. A list
   * that lags may still show an earlier one.
   */
  static Standing deployments(Set<String> ids) {
    Set<String> allowed = Set.copyOf(ids);
    return active -> active.filter(now -> allowed.contains(now.id())).isPresent();
  }

  /** Only what sends its traffic to these versions. */
  static Standing versions(Set<String> ids) {
    return active ->
        active
            .map(deployment -> deployment.split().shares().stream().map(Split.Share::version))
            .map(served -> served.allMatch(ids::contains))
            .orElse(false);
  }

  /** What stands in the way as a sentence, or empty. */
  default Optional<String> objection(Optional<Deployment> active) {
    return allows(active)
        ? Optional.empty()
        : Optional.of(
            "what serves by now is "
                + active
                    .map(now -> now.id() + " (" + now.split() + ")")
                    .orElse("nothing is active any more"));
  }
}
