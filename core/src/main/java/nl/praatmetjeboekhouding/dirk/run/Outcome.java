package nl.praatmetjeboekhouding.dirk.run;

/** How a run ended, or why it has not. */
public enum Outcome {
  /** All of it worked, and the gate saw it. */
  SUCCEEDED("complete"),
  /** It failed before production traffic moved: production is as it was. */
  FAILED_SAFE("failed"),
  /** It failed after production traffic moved, and the version before was put back and seen. */
  ROLLED_BACK("rolled_back"),
  /** It failed after production traffic moved, and the way back failed too. */
  ROLLBACK_FAILED("rollback_failed"),
  /** It was not allowed to start. */
  BLOCKED("blocked"),
  /** Somebody else changed the same target meanwhile. */
  CONFLICT("conflict"),
  /** It was cancelled before production traffic moved, or abandoned. */
  CANCELLED("cancelled"),
  /** It was left, and another run changed production meanwhile. */
  SUPERSEDED("superseded"),
  /**
   * Open: something is unknown or needs a person, who looks at production and then has the run look
   * again, rolls back, or abandons it.
   */
  HELD("held"),
  /** Open: it waits for something, or was detached; asked again it goes on. */
  WAITING("waiting");

  private final String status;

  Outcome(String status) {
    this.status = status;
  }

  /** The word for it in the output protocol. */
  public String status() {
    return status;
  }

  /** Whether the run is over for good. */
  public boolean isFinal() {
    return this != HELD && this != WAITING;
  }
}
