package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When a health gate is content.
 *
 * @param identityMatches how often in a row the new version must have answered before readings
 *     count
 * @param patience how long the gate waits for that, and after it for the readings
 * @param readings how many healthy readings in a row pass
 * @param every how long between two looks
 * @param badReadings how many bad readings of the new version in a row fail
 * @param blindReadings how many looks in a row that tell nothing make the whole gate tell nothing
 * @param attempt how long one look may take
 */
public record HealthPolicy(
    int identityMatches,
    Duration patience,
    int readings,
    Duration every,
    int badReadings,
    int blindReadings,
    Duration attempt) {

  /** Checks that all counts are at least 1 and all durations positive. */
  public HealthPolicy {
    atLeastOne(identityMatches, "identityMatches");
    positive(patience, "patience");
    atLeastOne(readings, "readings");
    positive(every, "every");
    atLeastOne(badReadings, "badReadings");
    atLeastOne(blindReadings, "blindReadings");
    positive(attempt, "attempt");
  }

  /**
   * 60 s to see the new version three times in a row, then five healthy readings in a row, 2 s
   * apart; three bad ones in a row fail, five that tell nothing end it; 5 s for a look.
   */
  public static HealthPolicy standard() {
    return new HealthPolicy(
        3, Duration.ofSeconds(60), 5, Duration.ofSeconds(2), 3, 5, Duration.ofSeconds(5));
  }

  /**
   * This one, which wants the new version to have answered this often in a row before readings
   * count.
   */
  public HealthPolicy withIdentityMatches(int count) {
    return new HealthPolicy(count, patience, readings, every, badReadings, blindReadings, attempt);
  }

  /** This one, which waits this long for the new version, and as long again for its readings. */
  public HealthPolicy withPatience(Duration wait) {
    return new HealthPolicy(
        identityMatches, wait, readings, every, badReadings, blindReadings, attempt);
  }

  /** This one, which passes after this many healthy readings in a row. */
  public HealthPolicy withReadings(int count) {
    return new HealthPolicy(
        identityMatches, patience, count, every, badReadings, blindReadings, attempt);
  }

  /** This one, which looks this often. */
  public HealthPolicy withEvery(Duration pause) {
    return new HealthPolicy(
        identityMatches, patience, readings, pause, badReadings, blindReadings, attempt);
  }

  /** This one, which fails after this many bad readings of the new version in a row. */
  public HealthPolicy withBadReadings(int count) {
    return new HealthPolicy(
        identityMatches, patience, readings, every, count, blindReadings, attempt);
  }

  /** This one, which gives up after this many looks in a row that tell nothing. */
  public HealthPolicy withBlindReadings(int count) {
    return new HealthPolicy(
        identityMatches, patience, readings, every, badReadings, count, attempt);
  }

  /** This one, which gives a look this long. */
  public HealthPolicy withAttempt(Duration timeout) {
    return new HealthPolicy(
        identityMatches, patience, readings, every, badReadings, blindReadings, timeout);
  }

  private static void atLeastOne(int count, String name) {
    if (count < 1) {
      throw new IllegalArgumentException(name + " must be at least 1: " + count);
    }
  }

  private static void positive(Duration duration, String name) {
    requireNonNull(duration, name);
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be positive: " + duration);
    }
  }
}
