package nl.praatmetjeboekhouding.dirk.testkit;

/**
 * The end of a simulated process. An error of its own kind, because core catches what providers may
 * throw (exceptions, linkage errors, failed assertions) and lets everything else through.
 */
final class ProcessDied extends Error {

  private static final long serialVersionUID = 1L;

  ProcessDied(String where) {
    super("the simulated process died " + where, null, false, false);
  }
}
