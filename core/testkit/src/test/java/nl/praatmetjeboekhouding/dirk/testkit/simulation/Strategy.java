package nl.praatmetjeboekhouding.dirk.testkit.simulation;

/**
 * A way to deploy. Each is told by one process after another until it has ended, and all of them
 * send their reads up to three times.
 */
interface Strategy {

  /** How it ended. */
  enum Ending {
    /** It says that its release serves. */
    OK,
    /** It says that it failed. */
    FAILED,
    /** It says that somebody else deployed, or what it does not know. */
    STOPPED,
    /** It has not ended, and is to be asked again. */
    OPEN
  }

  /** Deploys, as far as this process comes. */
  Ending deploy(Bench bench);
}
