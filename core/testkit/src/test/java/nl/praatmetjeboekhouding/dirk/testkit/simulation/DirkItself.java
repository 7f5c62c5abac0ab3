package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import nl.praatmetjeboekhouding.dirk.error.JournalException;

/** The real runbooks, unchanged. */
record DirkItself() implements Strategy {

  @Override
  public Ending deploy(Bench bench) {
    try {
      return switch (bench.askDirk().outcome()) {
        case SUCCEEDED -> Ending.OK;
        case CONFLICT, HELD -> Ending.STOPPED;
        case WAITING -> Ending.OPEN;
        default -> Ending.FAILED;
      };
    } catch (JournalException e) {
      return Ending.OPEN; // the lease of the process that died has not run out
    }
  }

  @Override
  public String toString() {
    return "**Dirk**";
  }
}
