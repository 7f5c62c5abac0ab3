package nl.praatmetjeboekhouding.dirk.internal;

import nl.praatmetjeboekhouding.dirk.time.Cancellation.Kind;
import nl.praatmetjeboekhouding.dirk.time.Cancellation.Stop;

/**
 * Ends the telling of a story because somebody asked to stop, or time ran out. Never leaves core.
 */
final class RunStopped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why it stopped. */
  enum Cause {
    /** Somebody stops working here; the run stays open. */
    DETACHED,
    /** Somebody ends the run. */
    CANCELLED,
    /** The run took too long. */
    DEADLINE,
    /** A switch was not confirmed in time. */
    UNCONFIRMED
  }

  private final Cause cause;
  private final String reason;

  RunStopped(Cause cause, String reason) {
    super(reason, null, false, false);
    this.cause = cause;
    this.reason = reason;
  }

  static RunStopped of(Stop stop) {
    return new RunStopped(
        stop.kind() == Kind.DETACH ? Cause.DETACHED : Cause.CANCELLED, stop.reason());
  }

  boolean isDetach() {
    return cause == Cause.DETACHED;
  }

  /** Why, in one word. */
  Cause why() {
    return cause;
  }

  String reason() {
    return reason;
  }
}
