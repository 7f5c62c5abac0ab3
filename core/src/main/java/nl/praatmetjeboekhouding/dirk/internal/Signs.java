package nl.praatmetjeboekhouding.dirk.internal;

import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Reading;

/**
 * Reads readings: identity first.
 *
 * @param expected who is waited for
 * @param baseline what was seen before anything was changed
 * @param tellsIdentity whether the service can say which version answers
 */
record Signs(Expected expected, Baseline baseline, boolean tellsIdentity) {

  static Signs of(Endpoint endpoint, Expected expected, Baseline baseline) {
    return new Signs(expected, baseline, !(endpoint.identity() instanceof IdentityRule.None));
  }

  /**
   * What a reading says.
   *
   * @param arrived whether the version has answered before, so that a bad answer without a name may
   *     be its own
   */
  Sign of(Reading reading, boolean arrived) {
    if (reading.health() == Health.INCONCLUSIVE) {
      return Sign.BLIND;
    }
    boolean healthy = reading.health() == Health.HEALTHY;
    if (!tellsIdentity || expected.isName(reading.identity())) {
      return healthy ? Sign.GOOD : Sign.BAD;
    }
    if (expected.accepts(reading.identity())) {
      return healthy ? Sign.GOOD : reading.identity().isPresent() ? Sign.BAD : Sign.NOT_YET;
    }
    if (healthy || reading.identity().isPresent()) {
      return Sign.NOT_YET;
    }
    if (arrived || baseline.wasHealthy()) {
      return Sign.BAD;
    }
    return baseline.wasNotHealthy() ? Sign.BLIND : Sign.NOT_YET;
  }
}
