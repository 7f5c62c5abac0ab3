package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Instant;

/**
 * A time at which a run is out of time.
 *
 * @param at by the wall clock, so that it is the same in every process
 */
record Expiry(Instant at, Kind kind) {

  /** What ran out. */
  enum Kind {
    /** The time that the whole run was given. */
    DEADLINE("the run's deadline has passed"),
    /** The time in which a switch must be confirmed. */
    UNCONFIRMED("the switch was not confirmed in time");

    private final String sentence;

    Kind(String sentence) {
      this.sentence = sentence;
    }
  }

  boolean isPast(Instant now) {
    return !now.isBefore(at);
  }

  RunStopped stop() {
    return new RunStopped(RunStopped.Cause.valueOf(kind.name()), kind.sentence + " (" + at + ")");
  }
}
