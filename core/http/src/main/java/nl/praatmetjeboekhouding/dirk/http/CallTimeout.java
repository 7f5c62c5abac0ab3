package nl.praatmetjeboekhouding.dirk.http;

import java.time.Duration;

/** How long OkHttp may take: it knows whole milliseconds, from one to what an int holds. */
final class CallTimeout {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

  private CallTimeout() {}

  /** The shorter of the two, as near as OkHttp can take it. */
  static Duration shorter(Duration one, Duration other) {
    return of(one.compareTo(other) < 0 ? one : other);
  }

  /** This long, as near as OkHttp can take it. */
  static Duration of(Duration timeout) {
    if (timeout.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
  }
}
