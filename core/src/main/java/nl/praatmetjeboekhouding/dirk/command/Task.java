package nl.praatmetjeboekhouding.dirk.command;

import static java.util.Objects.requireNonNull;

import java.util.List;
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
   * @param detail what to tell people, on one line; no secret
   * @param lastLines the last lines that it wrote, oldest first, for who looks into it; no secret
   */
  record Worked(boolean succeeded, boolean stopped, String detail, List<String> lastLines) {

    /** Copies the lines. */
    public Worked {
      requireNonNull(detail, "detail");
      lastLines = List.copyOf(lastLines);
    }

    /** It went well. */
    public static Worked well(String detail) {
      return new Worked(true, false, detail, List.of());
    }

    /** It went badly. */
    public static Worked badly(String detail) {
      return new Worked(false, false, detail, List.of());
    }

    /** It was ended because somebody asked to. */
    public static Worked stopped(String detail) {
      return new Worked(false, true, detail, List.of());
    }

    /** This one, with the last lines that it wrote. */
    public Worked with(List<String> lines) {
      return new Worked(succeeded, stopped, detail, lines);
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
