package nl.praatmetjeboekhouding.dirk.command;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * A process and all that came of it. Children are remembered whenever they are seen, because a
 * child whose parent ends is nobody's descendant any more; on Linux such a child is also found by a
 * mark in its environment. Not thread-safe.
 */
final class ProcessTree {

  static final Duration GRACE = Duration.ofSeconds(5);

  private static final Duration LAST_WAIT = Duration.ofSeconds(2);
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private final String mark;
  private final TimeSource time;
  private final Set<ProcessHandle> seen = new LinkedHashSet<>();

  ProcessTree(ProcessHandle root, String mark, TimeSource time) {
    this.mark = mark;
    this.time = time;
    seen.add(root);
  }

  /** Remembers who is there. */
  void look() {
    for (ProcessHandle process : List.copyOf(seen)) {
      process.descendants().forEach(seen::add);
    }
    seen.removeIf(process -> !process.isAlive());
  }

  /**
   * Ends all that is left: asks politely (SIGTERM), and after five seconds no more (SIGKILL). An
   * interrupt does not cut this short; it is kept for later.
   *
   * @return how many there were
   */
  int end() {
    Set<ProcessHandle> asked = new LinkedHashSet<>();
    boolean interrupted = Thread.interrupted();
    interrupted |= end(GRACE, process -> asked.add(process) && process.destroy());
    interrupted |= end(LAST_WAIT, ProcessHandle::destroyForcibly);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return asked.size();
  }

  private boolean end(Duration patience, Predicate<ProcessHandle> signal) {
    boolean interrupted = false;
    long start = time.nanoTime();
    List<ProcessHandle> left = left();
    while (!left.isEmpty() && time.nanoTime() - start < patience.toNanos()) {
      left.forEach(signal::test);
      time.pause(BETWEEN, Cancellation.create());
      interrupted |= Thread.interrupted();
      left = left();
    }
    return interrupted;
  }

  private List<ProcessHandle> left() {
    look();
    seen.addAll(MarkedProcesses.find(mark));
    return seen.stream()
        .filter(process -> process.isAlive() && !MarkedProcesses.isZombie(process.pid()))
        .toList();
  }
}
