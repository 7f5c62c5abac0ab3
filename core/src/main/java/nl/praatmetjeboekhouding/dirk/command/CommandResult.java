package nl.praatmetjeboekhouding.dirk.command;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;

/** What came of a command. */
public sealed interface CommandResult {

  /** The last lines it wrote, oldest first, secrets masked; empty if it wrote nothing. */
  List<String> lines();

  /** How long it took. */
  Duration took();

  /** Whether it ran to its end and said that all is well. */
  default boolean succeeded() {
    return this instanceof Exited exited && exited.code() == 0;
  }

  /**
   * It ran to its end.
   *
   * @param code 0 if all is well
   * @param lines the last lines it wrote
   * @param took how long it took
   */
  record Exited(int code, List<String> lines, Duration took) implements CommandResult {

    /** Copies. */
    public Exited {
      lines = List.copyOf(lines);
      requireNonNull(took, "took");
    }
  }

  /**
   * It took too long and was ended, with all that it had started.
   *
   * @param lines the last lines it wrote
   * @param took how long it took
   */
  record TimedOut(List<String> lines, Duration took) implements CommandResult {

    /** Copies. */
    public TimedOut {
      lines = List.copyOf(lines);
      requireNonNull(took, "took");
    }
  }

  /**
   * Somebody asked to stop and it was ended, with all that it had started.
   *
   * @param stop what was asked
   * @param lines the last lines it wrote
   * @param took how long it took
   */
  record Stopped(Cancellation.Stop stop, List<String> lines, Duration took)
      implements CommandResult {

    /** Copies. */
    public Stopped {
      requireNonNull(stop, "stop");
      lines = List.copyOf(lines);
      requireNonNull(took, "took");
    }
  }

  /**
   * It did not start: no such program, no such folder, no right to run it.
   *
   * @param reason why
   * @param took how long it took to find out
   */
  record NotStarted(String reason, Duration took) implements CommandResult {

    /** Checks that nothing is null. */
    public NotStarted {
      requireNonNull(reason, "reason");
      requireNonNull(took, "took");
    }

    @Override
    public List<String> lines() {
      return List.of();
    }
  }
}
