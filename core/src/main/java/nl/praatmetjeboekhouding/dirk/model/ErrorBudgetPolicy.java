package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * How much a service may be down before nothing but a cure is deployed: 99.9 % of 30 days are 43.2
 * minutes. Once they are spent a deploy is stopped; with little left, or where too little was
 * measured, it needs an approval.
 *
 * @param goal the uptime that is promised, in percent, at least 0 and less than 100
 * @param over of this time, up to now
 * @param approvalBelow with less than this share of the budget left an approval is needed, in
 *     percent
 * @param coverage where less than this share of the time was measured an approval is needed, in
 *     percent
 */
public record ErrorBudgetPolicy(
    BigDecimal goal, Duration over, BigDecimal approvalBelow, BigDecimal coverage) {

  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  /** Checks that each is in its range. */
  public ErrorBudgetPolicy {
    requireNonNull(over, "over");
    if (goal.signum() < 0 || goal.compareTo(ALL) >= 0) {
      throw new IllegalArgumentException("goal must be at least 0 and less than 100: " + goal);
    }
    if (over.isNegative() || over.isZero()) {
      throw new IllegalArgumentException("over must be positive: " + over);
    }
    requirePercent("approvalBelow", approvalBelow);
    requirePercent("coverage", coverage);
  }

  private static void requirePercent(String name, BigDecimal percent) {
    if (percent.signum() < 0 || percent.compareTo(ALL) > 0) {
      throw new IllegalArgumentException(name + " must be 0 to 100: " + percent);
    }
  }

  /** 99.9 % of 30 days; an approval with less than 25 % left, and below 90 % measured. */
  public static ErrorBudgetPolicy standard() {
    return of(new BigDecimal("99.9"), Duration.ofDays(30));
  }

  /** Another goal over another time; an approval with less than 25 % left and below 90 %. */
  public static ErrorBudgetPolicy of(BigDecimal goal, Duration over) {
    return new ErrorBudgetPolicy(goal, over, BigDecimal.valueOf(25), BigDecimal.valueOf(90));
  }
}
