package nl.praatmetjeboekhouding.dirk.internal;

/** The order of a runbook's steps. Told anew over the journal, it goes on where it was left. */
@FunctionalInterface
interface Story {

  /**
   * Tells it to its end.
   *
   * @throws RunStopped if the run was detached
   */
  Ending tell();
}
