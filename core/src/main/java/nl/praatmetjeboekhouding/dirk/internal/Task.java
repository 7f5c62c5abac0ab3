package nl.praatmetjeboekhouding.dirk.internal;

import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;

/** A command of the service's own, such as its tests. */
@FunctionalInterface
public interface Task {

  /**
   * How it went.
   *
   * @param stopped whether it was ended because somebody asked to
   * @param detail what to tell people
   */
  record Worked(boolean succeeded, boolean stopped, String detail) {}

  Worked run(Consumer<String> output, Cancellation cancellation);
}
