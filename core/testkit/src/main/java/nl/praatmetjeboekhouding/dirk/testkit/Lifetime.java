package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long a simulated process lives: until it is done, or until the boundary where it is to die.
 * From then on it reaches nothing: whatever it still tries is refused in the same way, and so has
 * no effect. Safe for use by several threads.
 */
final class Lifetime {

  private static final int NEVER = -1;

  private final int end;
  private final List<String> boundaries = new ArrayList<>();
  private Optional<String> death = Optional.empty();

  private Lifetime(int end) {
    this.end = end;
  }

  /** A process that nothing happens to. */
  static Lifetime whole() {
    return new Lifetime(NEVER);
  }

  /**
   * A process that dies at a boundary.
   *
   * @param boundary counted from 0
   */
  static Lifetime until(int boundary) {
    return new Lifetime(boundary);
  }

  /** The process comes to a boundary, and dies there if it was to. */
  synchronized void reach(String boundary) {
    requireAlive();
    boundaries.add(boundary);
    if (boundaries.size() - 1 == end) {
      death = Optional.of(boundary);
      requireAlive();
    }
  }

  /** Refuses whatever a dead process tries. */
  synchronized void requireAlive() {
    if (death.isPresent()) {
      throw new ProcessDied(death.get());
    }
  }

  /** The boundaries that it came to, in order. */
  synchronized List<String> boundaries() {
    return List.copyOf(boundaries);
  }

  /** Where it died, or empty if it did not. */
  synchronized Optional<String> death() {
    return death;
  }
}
