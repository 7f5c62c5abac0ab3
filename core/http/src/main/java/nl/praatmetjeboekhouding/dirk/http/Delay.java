package nl.praatmetjeboekhouding.dirk.http;

import java.time.Duration;

/**
 * How long was waited for an answer.
 *
 * @param status what the last attempt was answered with, of which the end did not come; 0 if
 *     nothing
 * @param attempts how often it was asked
 * @param allowed how long the last attempt might take
 * @param sinceFirst how long ago the first one began
 */
record Delay(int status, int attempts, Duration allowed, Duration sinceFirst) {

  /** What came, and how long was waited for it. */
  String told() {
    String came = status == 0 ? "no answer" : "answered " + status + ", but not to the end";
    return attempts > 1
        ? came
            + " at the last of "
            + attempts
            + " attempts, "
            + sinceFirst.toMillis()
            + " ms after the first"
        : came + " within " + allowed.toMillis() + " ms";
  }
}
