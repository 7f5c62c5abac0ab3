package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * Who must agree with a plan before it is deployed.
 *
 * @param required whether every deploy needs it; otherwise only one for which another gate asks
 * @param by whose approval counts: a person by his name, or a group by a name with a colon in it
 *     ({@code team:ops}); empty: anybody's
 * @param count how many different people must approve
 * @param validFor how long an approval counts
 * @param ownCounts whether whoever asks for the deploy may approve it himself
 */
public record ApprovalPolicy(
    boolean required, List<String> by, int count, Duration validFor, boolean ownCounts) {

  /** Checks that each is in its range, and that there are people enough. */
  public ApprovalPolicy {
    by = List.copyOf(by);
    requireNonNull(validFor, "validFor");
    if (by.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("by must not name anybody by an empty text");
    }
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1: " + count);
    }
    if (!by.isEmpty() && by.stream().noneMatch(ApprovalPolicy::isGroup) && count > by.size()) {
      throw new IllegalArgumentException(
          "count must be at most " + by.size() + ", for by names no more people");
    }
    if (validFor.isNegative() || validFor.isZero()) {
      throw new IllegalArgumentException("validFor must be positive: " + validFor);
    }
  }

  /** Only where another gate asks for it: one, by anybody else, which counts for a day. */
  public static ApprovalPolicy standard() {
    return new ApprovalPolicy(false, List.of(), 1, Duration.ofDays(1), false);
  }

  /** Every deploy needs one, by anybody else, which counts for a day. */
  public static ApprovalPolicy always() {
    return new ApprovalPolicy(true, List.of(), 1, Duration.ofDays(1), false);
  }

  /** This one by these only. */
  public ApprovalPolicy withBy(String... names) {
    return new ApprovalPolicy(required, List.of(names), count, validFor, ownCounts);
  }

  /** This one by so many people. */
  public ApprovalPolicy withCount(int people) {
    return new ApprovalPolicy(required, by, people, validFor, ownCounts);
  }

  /** This one, where an approval counts for so long. */
  public ApprovalPolicy withValidFor(Duration time) {
    return new ApprovalPolicy(required, by, count, time, ownCounts);
  }

  /** This one, where whoever asks for the deploy may approve it himself. */
  public ApprovalPolicy withOwnCounting() {
    return new ApprovalPolicy(required, by, count, validFor, true);
  }

  /** Whether a name is a group's. */
  public static boolean isGroup(String name) {
    return name.indexOf(':') >= 0;
  }
}
