package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A call that a run has sent, as its records tell.
 *
 * @param at when; it may have been a moment later
 * @param timeout how long it may take
 * @param answered when its own answer was written down; empty if it was not heard, or what became
 *     of it was found out by looking
 */
record Sent(String step, Instant at, Duration timeout, Optional<Instant> answered) {

  /** When it can do nothing more. */
  Instant over() {
    return answered.orElse(at.plus(timeout));
  }
}
