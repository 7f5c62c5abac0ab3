package nl.praatmetjeboekhouding.dirk.internal;

/**
 * The versions of the stories that are told here. What an older one began is recovered, what a
 * newer one began is left alone.
 */
record Stories(int deploy, int rollback) {

  /** Those of this Dirk. */
  static Stories current() {
    return new Stories(DeployRun.VERSION, RollbackRun.VERSION);
  }

  /** The version of a runbook's story; 0 for a runbook that a newer Dirk has. */
  int of(String runbook) {
    return switch (runbook) {
      case RunHost.DEPLOY -> deploy;
      case RunHost.ROLLBACK -> rollback;
      default -> 0;
    };
  }
}
