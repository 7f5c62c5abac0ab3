package nl.praatmetjeboekhouding.dirk.testkit.simulation;

/**
 * The end of a simulated process. An error of its own kind, because core catches what providers may
 * throw and lets everything else through.
 */
final class Killed extends Error {

  private static final long serialVersionUID = 1L;

  Killed() {
    super("the simulated process was killed", null, false, false);
  }
}
