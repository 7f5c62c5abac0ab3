package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How many readings make a verdict. First the new version has to be seen, then it has to be well
 * for a while.
 *
 * @param identityMatches how many readings in a row must come from the expected version before its
 *     health counts
 * @param within how long that may take
 * @param readings how many healthy readings in a row pass
 * @param every from the end of one reading to the next
 * @param badReadings how many bad readings in a row of the expected version fail
 * @param inconclusiveReadings after how many readings in a row that could not look nothing can be
 *     said
 * @param inconclusiveFor after how long without a reading that could look nothing can be said
 * @param attempt how long one reading may take
 */
public record HealthPolicy(
    int identityMatches,
    Duration within,
    int readings,
    Duration every,
    int badReadings,
    int inconclusiveReadings,
    Duration inconclusiveFor,
    Duration attempt) {

  /** Checks that all are positive. */
  public HealthPolicy {
    positive("identityMatches", identityMatches);
    positive("within", within);
    positive("readings", readings);
    positive("every", every);
    positive("badReadings", badReadings);
    positive("inconclusiveReadings", inconclusiveReadings);
    positive("inconclusiveFor", inconclusiveFor);
    positive("attempt", attempt);
  }

  /**
   * Three matches within a minute, then five healthy readings in a row, two seconds apart; three
   * bad ones fail; five or thirty seconds of not being able to look end the watch; five seconds a
   * reading.
   */
  public static HealthPolicy standard() {
    return new HealthPolicy(
        3,
        Duration.ofMinutes(1),
        5,
        Duration.ofSeconds(2),
        3,
        5,
        Duration.ofSeconds(30),
        Duration.ofSeconds(5));
  }

  /** This one, with how often and how soon the expected version must be seen. */
  public HealthPolicy withIdentity(int matches, Duration limit) {
    return new HealthPolicy(
        matches,
        limit,
        readings,
        every,
        badReadings,
        inconclusiveReadings,
        inconclusiveFor,
        attempt);
  }

  /** This one, with how many healthy readings in a row pass, and the time between them. */
  public HealthPolicy withReadings(int inARow, Duration between) {
    return new HealthPolicy(
        identityMatches,
        within,
        inARow,
        between,
        badReadings,
        inconclusiveReadings,
        inconclusiveFor,
        attempt);
  }

  /** This one, with how many bad readings in a row fail. */
  public HealthPolicy withBadReadings(int inARow) {
    return new HealthPolicy(
        identityMatches,
        within,
        readings,
        every,
        inARow,
        inconclusiveReadings,
        inconclusiveFor,
        attempt);
  }

  /** This one, with how long not being able to look is borne. */
  public HealthPolicy withInconclusive(int inARow, Duration limit) {
    return new HealthPolicy(
        identityMatches, within, readings, every, badReadings, inARow, limit, attempt);
  }

  /** This one, with how long one reading may take. */
  public HealthPolicy withAttempt(Duration limit) {
    return new HealthPolicy(
        identityMatches,
        within,
        readings,
        every,
        badReadings,
        inconclusiveReadings,
        inconclusiveFor,
        limit);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1: " + value);
    }
  }

  private static void positive(String name, Duration value) {
    requireNonNull(value, name);
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }
}
