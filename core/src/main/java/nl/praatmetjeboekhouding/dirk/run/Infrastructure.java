package nl.praatmetjeboekhouding.dirk.run;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The numbers that go with every report. What was not measured is empty, never 0 or 100.
 *
 * @param uptime24h percent of the last 24 hours, or empty
 * @param deploysToday deploys that moved production traffic and ended today (UTC), those that were
 *     rolled back included; or empty
 * @param activeIncidents incidents that are open, or empty
 */
public record Infrastructure(
    Optional<BigDecimal> uptime24h, Optional<Long> deploysToday, Optional<Long> activeIncidents) {

  /** Checks that nothing is null. */
  public Infrastructure {
    requireNonNull(uptime24h, "uptime24h");
    requireNonNull(deploysToday, "deploysToday");
    requireNonNull(activeIncidents, "activeIncidents");
  }

  /** Nothing was measured. */
  public static Infrastructure unmeasured() {
    return new Infrastructure(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
