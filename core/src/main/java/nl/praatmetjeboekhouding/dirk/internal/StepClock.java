package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.time.Instant;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * When a step began, and how long it has taken.
 *
 * @param began in the nanoseconds of {@code time}
 */
record StepClock(String step, Instant started, long began, TimeSource time) {

  static StepClock start(String step, TimeSource time) {
    return new StepClock(step, time.instant(), time.nanoTime(), time);
  }

  Duration took() {
    return Duration.ofNanos(time.nanoTime() - began);
  }
}
