package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * When so many deploys of a service failed that no more are let through.
 *
 * @param above more than this share of failed ones stops, in percent, 0 to 100
 * @param over of the deploys of this time
 * @param atLeast how many there must be before the share counts
 */
public record FailedDeploysPolicy(BigDecimal above, Duration over, int atLeast) {

  /** Checks that each is in its range. */
  public FailedDeploysPolicy {
    requireNonNull(over, "over");
    if (above.signum() < 0 || above.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw new IllegalArgumentException("above must be 0 to 100: " + above);
    }
    if (over.isNegative() || over.isZero()) {
      throw new IllegalArgumentException("over must be positive: " + over);
    }
    if (atLeast < 1) {
      throw new IllegalArgumentException("atLeast must be at least 1: " + atLeast);
    }
  }

  /** More than 20 % of at least 5 in 30 days. */
  public static FailedDeploysPolicy standard() {
    return new FailedDeploysPolicy(BigDecimal.valueOf(20), Duration.ofDays(30), 5);
  }
}
