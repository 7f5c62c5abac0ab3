package nl.praatmetjeboekhouding.dirk.command;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;

/** Something that a service does before it is deployed, such as its tests. */
@FunctionalInterface
public interface Task {

  /**
   * How it went.
   *
   * @param succeeded whether it went well
   * @param stopped whether it was ended because somebody asked to
   * @param detail what to tell people; no secret
   */
  record Worked(boolean succeeded, boolean stopped, String detail) {

    /** Checks that nothing is null. */
    public Worked {
      requireNonNull(detail, "detail");
    }

    /** It went well. */
    public static Worked well(String detail) {
      return new Worked(true, false, detail);
    }

    /** It went badly. */
    public static Worked badly(String detail) {
      return new Worked(false, false, detail);
    }
  }

  /**
   * Does it, on the calling thread.
   *
   * @param output hears every line that it writes, while it runs
   * @param cancellation ends it early
   */
  Worked run(Consumer<String> output, Cancellation cancellation);
}
