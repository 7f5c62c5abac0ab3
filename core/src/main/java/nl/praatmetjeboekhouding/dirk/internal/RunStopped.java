package nl.praatmetjeboekhouding.dirk.internal;

import nl.praatmetjeboekhouding.dirk.time.Cancellation.Stop;

/** Ends the telling of a story because somebody asked to stop. Never leaves core. */
final class RunStopped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Stop stop;

  RunStopped(Stop stop) {
    super(stop.reason(), null, false, false);
    this.stop = stop;
  }

  Stop stop() {
    return stop;
  }
}
