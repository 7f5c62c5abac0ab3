package nl.praatmetjeboekhouding.dirk.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process and all that it started. Descendants are noted while it runs, so that one whose parent
 * is gone is still ended.
 */
final class ProcessTree {

  private static final long GRACE_SECONDS = 5;

  private final Process root;
  private final Map<Long, ProcessHandle> noted = new LinkedHashMap<>();

  ProcessTree(Process root) {
    this.root = root;
  }

  void note() {
    root.descendants().forEach(descendant -> noted.putIfAbsent(descendant.pid(), descendant));
  }

  /** Asks all of them to end, and ends those that have not after a grace of five seconds. */
  void end() {
    note();
    root.toHandle().destroy();
    noted.values().forEach(ProcessHandle::destroy);
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
    while (isAlive() && System.nanoTime() < deadline) {
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      note();
    }
    root.toHandle().destroyForcibly();
    noted.values().forEach(ProcessHandle::destroyForcibly);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isAlive() {
    return root.isAlive() || noted.values().stream().anyMatch(ProcessHandle::isAlive);
  }
}
