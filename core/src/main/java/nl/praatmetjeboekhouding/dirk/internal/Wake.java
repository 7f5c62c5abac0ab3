package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a run has sent that may still land at the vendor, or has landed and is not shown yet. Times
 * are the journal's.
 *
 * @param until when all of it is over
 * @param longest how long that can be from now on at most, whatever the clocks say
 */
record Wake(Instant until, Duration longest) {

  /** Of all calls; empty if there are none. */
  static Optional<Wake> of(List<Sent> calls, Duration settleWindow) {
    return of(calls, settleWindow, call -> true);
  }

  /** Of the calls that nobody heard an answer to; empty if there are none. */
  static Optional<Wake> unanswered(List<Sent> calls, Duration settleWindow) {
    return of(calls, settleWindow, call -> call.answered().isEmpty());
  }

  private static Optional<Wake> of(
      List<Sent> calls, Duration settleWindow, Predicate<Sent> counting) {
    return calls.stream()
        .filter(counting)
        .map(call -> new Wake(call.over().plus(settleWindow), call.timeout().plus(settleWindow)))
        .reduce(Wake::and);
  }

  private Wake and(Wake other) {
    return new Wake(
        until.isAfter(other.until) ? until : other.until,
        longest.compareTo(other.longest) > 0 ? longest : other.longest);
  }

  boolean isOver(Instant now) {
    return !now.isBefore(until);
  }

  /** For how long it goes on; zero if it is over. */
  Duration left(Instant now) {
    if (isOver(now)) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(now, until);
    return left.compareTo(longest) < 0 ? left : longest;
  }
}
