package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.time.Duration;
import java.util.Locale;

/**
 * One thing that goes wrong.
 *
 * @param at where
 * @param kind what
 * @param by for how long, or how far; zero where that means nothing
 */
record Fault(Point at, Kind kind, Duration by) {

  /** What can go wrong. */
  enum Kind {
    /** Nothing was sent. */
    NOT_SENT("could not be sent"),
    /** Sent, and never heard of again. */
    LOST("got lost on the way; no answer in time"),
    /** The vendor broke down before it did anything. */
    BROKEN("got a 503, and nothing was done"),
    /** One too many. */
    THROTTLED("was refused as one too many for %s"),
    /** The vendor did it, and broke down. */
    DONE_BROKEN("was done, and got a 503"),
    /** The vendor did it, and the answer got lost. */
    DONE_LOST("was done, and the answer got lost"),
    /** The vendor did it, and the answer made no sense. */
    DONE_UNREADABLE("was done, and the answer could not be read"),
    /** No answer in time, and done afterwards. */
    LANDS_LATE("got no answer in time, and was done %s later"),
    /** The probe sees nothing. */
    BLIND("saw nothing"),
    /** The probe sees something bad that nobody can tell the origin of. */
    HICCUP("saw a 502 of somebody on the way"),
    /** The process is killed. */
    KILLED("the process was killed"),
    /** Reads do not show it. */
    LAGS("was not to be seen for %s"),
    /** The traffic does not follow. */
    SLOW("was not followed by the traffic for %s"),
    /** Somebody else deploys. */
    STRANGER("a stranger deployed"),
    /** The clock on the wall is set. */
    CLOCK("the clock was set by %s"),
    /** No answer in time; somebody rolls back meanwhile, and then it is done. */
    OVERTAKEN("got no answer; somebody rolled back, and %s after it was sent it was done"),
    /** The process is stopped, and somebody rolls back. */
    ROLLBACK_COMES("the process was stopped for %s, and somebody rolled back"),
    /** The process is stopped, and somebody deploys something else through Dirk. */
    DEPLOY_COMES("the process was stopped for %s, and somebody deployed something else"),
    /** The process is stopped, and another is asked for the same. */
    TAKEN_UP("the process was stopped for %s, and another took its run up");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  static Fault of(Point at, Kind kind) {
    return new Fault(at, kind, Duration.ZERO);
  }

  /** What went wrong, without where. */
  String words() {
    return String.format(Locale.ROOT, kind.words, by.toMillis() / 1000.0 + " s");
  }

  @Override
  public String toString() {
    return at + ": " + words();
  }
}
