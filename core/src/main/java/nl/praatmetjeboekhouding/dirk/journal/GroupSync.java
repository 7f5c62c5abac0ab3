package nl.praatmetjeboekhouding.dirk.journal;

import java.io.IOException;

/**
 * Makes what several threads wrote to one file durable with as few syncs as it takes: while one
 * thread syncs the others go on writing, and the next sync is for all that came meanwhile.
 */
final class GroupSync {

  /** What makes a file durable. */
  interface Disk {

    /** How much of the file was written. */
    long written();

    /** Makes all that was written durable. */
    void sync() throws IOException;

    /**
     * Writes this part again: after a sync that failed the system may hold it for clean, and would
     * never write it.
     */
    void rewrite(long from, long to) throws IOException;
  }

  private final Disk disk;
  private long synced;
  private boolean failed;
  private boolean syncing;

  GroupSync(Disk disk) {
    this.disk = disk;
  }

  /**
   * Returns once the file is durable up to here.
   *
   * @throws IOException if a sync that was to cover it failed; it may be durable all the same
   */
  void await(long position) throws IOException {
    boolean interrupted = false;
    try {
      while (!isDurable(position)) {
        if (!mayLead(position)) {
          interrupted |= waitForTheLeader();
          continue;
        }
        lead();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized boolean isDurable(long position) {
    return synced >= position;
  }

  private synchronized boolean mayLead(long position) {
    boolean lead = !syncing && synced < position;
    syncing |= lead;
    return lead;
  }

  private synchronized boolean waitForTheLeader() {
    try {
      while (syncing) {
        wait();
      }
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void lead() throws IOException {
    long upTo = disk.written();
    boolean done = false;
    try {
      if (failed) {
        disk.rewrite(synced, upTo);
      }
      disk.sync();
      done = true;
    } finally {
      ended(done, upTo);
    }
  }

  private synchronized void ended(boolean done, long upTo) {
    synced = done ? Math.max(synced, upTo) : synced;
    failed = !done;
    syncing = false;
    notifyAll();
  }
}
