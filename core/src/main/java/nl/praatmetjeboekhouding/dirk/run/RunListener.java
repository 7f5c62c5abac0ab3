package nl.praatmetjeboekhouding.dirk.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import nl.praatmetjeboekhouding.dirk.model.Reading;

/**
 * Hears a run while it happens. Every started is followed by its ended. Called on the run's thread;
 * what a listener throws is logged and ignored, and a slow one slows the run. A listener of several
 * runs is called by several threads.
 */
public interface RunListener {

  /** A run begins, or is taken up again. */
  default void runStarted(RunStarted event) {}

  /** A run ended, or was left open. */
  default void runEnded(RunEnded event) {}

  /** A step begins. Steps that a resumed run took before are not told again. */
  default void stepStarted(StepStarted event) {}

  /** A step ended. */
  default void stepEnded(StepEnded event) {}

  /** A command of the current step wrote a line; secrets are masked. */
  default void output(OutputWritten event) {}

  /** The health gate of the current step looked once. */
  default void reading(ReadingTaken event) {}

  /** The current step waits for something before it goes on. */
  default void waiting(Waiting event) {}

  /**
   * A run begins.
   *
   * @param taskId the run's id
   * @param runbook {@code deploy} or {@code rollback}
   * @param service what it is about
   * @param at when
   */
  record RunStarted(String taskId, String runbook, String service, Instant at) {

    /** Checks that nothing is null. */
    public RunStarted {
      requireNonNull(taskId, "taskId");
      requireNonNull(runbook, "runbook");
      requireNonNull(service, "service");
      requireNonNull(at, "at");
    }
  }

  /**
   * A run ended.
   *
   * @param report what became of it
   */
  record RunEnded(RunReport report) {

    /** Checks that nothing is null. */
    public RunEnded {
      requireNonNull(report, "report");
    }
  }

  /**
   * A step begins.
   *
   * @param taskId the run's id
   * @param step the step's name
   * @param at when
   */
  record StepStarted(String taskId, String step, Instant at) {

    /** Checks that nothing is null. */
    public StepStarted {
      requireNonNull(taskId, "taskId");
      requireNonNull(step, "step");
      requireNonNull(at, "at");
    }
  }

  /**
   * A step ended.
   *
   * @param taskId the run's id
   * @param report how it went
   */
  record StepEnded(String taskId, StepReport report) {

    /** Checks that nothing is null. */
    public StepEnded {
      requireNonNull(taskId, "taskId");
      requireNonNull(report, "report");
    }
  }

  /**
   * A command wrote a line.
   *
   * @param taskId the run's id
   * @param step the step's name
   * @param line without its end; secrets are masked
   */
  record OutputWritten(String taskId, String step, String line) {

    /** Checks that nothing is null. */
    public OutputWritten {
      requireNonNull(taskId, "taskId");
      requireNonNull(step, "step");
      requireNonNull(line, "line");
    }
  }

  /**
   * The health gate looked once.
   *
   * @param taskId the run's id
   * @param step the step's name
   * @param reading what it saw
   * @param remark what the gate makes of it, for people
   */
  record ReadingTaken(String taskId, String step, Reading reading, String remark) {

    /** Checks that nothing is null. */
    public ReadingTaken {
      requireNonNull(taskId, "taskId");
      requireNonNull(step, "step");
      requireNonNull(reading, "reading");
      requireNonNull(remark, "remark");
    }
  }

  /**
   * A step waits.
   *
   * @param taskId the run's id
   * @param step the step's name
   * @param why what for
   * @param pause how long until it looks again
   */
  record Waiting(String taskId, String step, String why, Duration pause) {

    /** Checks that nothing is null. */
    public Waiting {
      requireNonNull(taskId, "taskId");
      requireNonNull(step, "step");
      requireNonNull(why, "why");
      requireNonNull(pause, "pause");
    }
  }
}
