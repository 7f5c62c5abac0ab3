package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How traffic comes to a new version. What a vendor cannot do is left out and told: a version that
 * cannot be addressed is not looked at in the dark, and one that cannot share traffic gets all of
 * it at once.
 *
 * @param dark whether the version is first looked at with a share of zero, where only a request
 *     that names it comes to it
 * @param ramp the percentages that it gets before all, ascending, each 1 to 99; empty: all at once
 * @param rampSoak how long each stage of the ramp is watched after its gate; zero: not at all
 * @param soak how it is watched once it has all the traffic
 * @param confirmWithin how long after the first switch it must have been confirmed by its last gate
 *     and soak, or else the version before is put back; empty: as long as gates and soaks may take,
 *     and {@link #SLACK} more
 */
public record RolloutPolicy(
    boolean dark,
    List<Integer> ramp,
    Duration rampSoak,
    SoakPolicy soak,
    Optional<Duration> confirmWithin) {

  /** What a switch is given beyond its gates and soaks before it must be confirmed. */
  public static final Duration SLACK = Duration.ofMinutes(15);

  /** Checks that the percentages ascend and no duration is negative. */
  public RolloutPolicy {
    ramp = List.copyOf(ramp);
    requireNonNull(rampSoak, "rampSoak");
    requireNonNull(soak, "soak");
    requireNonNull(confirmWithin, "confirmWithin");
    int before = 0;
    for (int percent : ramp) {
      if (percent <= before || percent > 99) {
        throw new IllegalArgumentException(
            "ramp must ascend from at least 1 to at most 99: " + ramp);
      }
      before = percent;
    }
    if (rampSoak.isNegative()) {
      throw new IllegalArgumentException("rampSoak must not be negative: " + rampSoak);
    }
    if (confirmWithin.filter(window -> window.isNegative() || window.isZero()).isPresent()) {
      throw new IllegalArgumentException("confirmWithin must be positive: " + confirmWithin.get());
    }
  }

  /** A look in the dark, then all traffic at once, watched by the gate and no longer. */
  public static RolloutPolicy standard() {
    return new RolloutPolicy(true, List.of(), Duration.ZERO, SoakPolicy.none(), Optional.empty());
  }

  /** All traffic at once, without a look in the dark. */
  public static RolloutPolicy atOnce() {
    return standard().withDark(false);
  }

  /** This one with or without a look in the dark. */
  public RolloutPolicy withDark(boolean look) {
    return new RolloutPolicy(look, ramp, rampSoak, soak, confirmWithin);
  }

  /** This one by way of these percentages, each watched for this long after its gate. */
  public RolloutPolicy withRamp(List<Integer> percentages, Duration watched) {
    return new RolloutPolicy(dark, percentages, watched, soak, confirmWithin);
  }

  /** This one, watched in this way in the end. */
  public RolloutPolicy withSoak(SoakPolicy watch) {
    return new RolloutPolicy(dark, ramp, rampSoak, watch, confirmWithin);
  }

  /** This one, which must be confirmed within this time of the first switch. */
  public RolloutPolicy withConfirmWithin(Duration window) {
    return new RolloutPolicy(dark, ramp, rampSoak, soak, Optional.of(window));
  }

  /**
   * How long after the first switch the version before is put back unless the new one was
   * confirmed.
   *
   * @param patience of the gate, which it may use up twice
   */
  public Duration confirmedWithin(Duration patience) {
    Duration gate = patience.multipliedBy(2);
    return confirmWithin.orElseGet(
        () ->
            gate.plus(rampSoak)
                .multipliedBy(ramp.size())
                .plus(gate)
                .plus(soak.length())
                .plus(SLACK));
  }
}
