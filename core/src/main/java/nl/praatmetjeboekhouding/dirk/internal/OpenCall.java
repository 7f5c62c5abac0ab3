package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.time.Instant;

/**
 * A call that was sent, and of which nobody wrote down what became.
 *
 * @param sent by the clock of whoever sent it
 * @param timeout how long it may take
 */
record OpenCall(Instant sent, Duration timeout) {

  Instant until() {
    return sent.plus(timeout);
  }

  boolean mayBeUnderWay(Instant now) {
    return now.isBefore(until());
  }

  /** For how long it may still take; never more than a whole call, whatever the clocks say. */
  Duration left(Instant now) {
    Duration left = Duration.between(now, until());
    return left.compareTo(timeout) < 0 ? left : timeout;
  }
}
