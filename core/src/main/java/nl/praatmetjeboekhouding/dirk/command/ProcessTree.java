package nl.praatmetjeboekhouding.dirk.command;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A process and all that came of it. Children are remembered whenever they are seen, because a
 * child whose parent ends is nobody's descendant any more; on Linux such a child is also found by a
 * mark in its environment. Not thread-safe.
 */
final class ProcessTree {

  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration LAST_WAIT = Duration.ofSeconds(2);
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofMillis(160);

  private final ProcessHandle root;
  private final String mark;
  private final Set<ProcessHandle> seen = new LinkedHashSet<>();

  /** The tree of a process that was started with {@code mark}, as NAME=value. */
  ProcessTree(ProcessHandle root, String mark) {
    this.root = root;
    this.mark = mark;
    seen.add(root);
  }

  /** Remembers who is there. */
  void look() {
    root.descendants().forEach(seen::add);
  }

  /**
   * Ends all that is left: asks politely (SIGTERM), and after five seconds no more (SIGKILL).
   *
   * @param meanwhile done again and again, so that a process that still writes can end
   * @return how many there were
   */
  int end(Patience patience, Runnable meanwhile) {
    Set<ProcessHandle> asked = new LinkedHashSet<>();
    end(
        GRACE,
        patience,
        meanwhile,
        process -> {
          if (asked.add(process)) {
            process.destroy();
          }
        });
    end(LAST_WAIT, patience, meanwhile, ProcessHandle::destroyForcibly);
    return asked.size();
  }

  private void end(
      Duration wait, Patience patience, Runnable meanwhile, Consumer<ProcessHandle> signal) {
    long began = patience.nanoTime();
    Duration pause = SHORTEST;
    List<ProcessHandle> left = left();
    while (!left.isEmpty() && patience.nanoTime() - began < wait.toNanos()) {
      left.forEach(signal);
      meanwhile.run();
      patience.pause(pause);
      pause = pause.compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : pause;
      left = left();
    }
  }

  /** Those that have ended go first: their numbers may be somebody else's by now. */
  private List<ProcessHandle> left() {
    seen.removeIf(process -> !process.isAlive());
    for (ProcessHandle process : List.copyOf(seen)) {
      process.descendants().forEach(seen::add);
    }
    seen.addAll(MarkedProcesses.find(mark));
    seen.removeIf(process -> !process.isAlive() || MarkedProcesses.isZombie(process.pid()));
    return List.copyOf(seen);
  }
}
