package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long a version that passed its gate is watched on, and what ends that badly.
 *
 * @param length how long; zero: not at all
 * @param every how long between two looks
 * @param badReadings how many bad readings of the version in a row fail
 * @param badPercent more than this share of bad readings fails, 0 to 100
 * @param atLeast how many readings there must be before the share counts
 */
public record SoakPolicy(
    Duration length, Duration every, int badReadings, int badPercent, int atLeast) {

  /** Checks that the length is not negative, the pause positive and each count in its range. */
  public SoakPolicy {
    requireNonNull(length, "length");
    requireNonNull(every, "every");
    if (length.isNegative()) {
      throw new IllegalArgumentException("length must not be negative: " + length);
    }
    if (every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException("every must be positive: " + every);
    }
    if (badReadings < 1 || atLeast < 1) {
      throw new IllegalArgumentException("badReadings and atLeast must be at least 1");
    }
    if (badPercent < 0 || badPercent > 100) {
      throw new IllegalArgumentException("badPercent must be 0 to 100: " + badPercent);
    }
  }

  /** No soak. */
  public static SoakPolicy none() {
    return lasting(Duration.ZERO);
  }

  /**
   * A look every 10 s for this long; three bad ones in a row fail, and more than 10 % of at least
   * 20.
   */
  public static SoakPolicy lasting(Duration length) {
    return new SoakPolicy(length, Duration.ofSeconds(10), 3, 10, 20);
  }

  /** This one for another while. */
  public SoakPolicy withLength(Duration other) {
    return new SoakPolicy(other, every, badReadings, badPercent, atLeast);
  }

  /** This one, which looks this often. */
  public SoakPolicy withEvery(Duration pause) {
    return new SoakPolicy(length, pause, badReadings, badPercent, atLeast);
  }

  /** This one, which fails after this many bad readings in a row. */
  public SoakPolicy withBadReadings(int count) {
    return new SoakPolicy(length, every, count, badPercent, atLeast);
  }

  /** This one, which fails above this share of bad readings once there are so many. */
  public SoakPolicy withBadPercent(int percent, int ofAtLeast) {
    return new SoakPolicy(length, every, badReadings, percent, ofAtLeast);
  }

  /** Whether there is any. */
  public boolean isNone() {
    return length.isZero();
  }
}
