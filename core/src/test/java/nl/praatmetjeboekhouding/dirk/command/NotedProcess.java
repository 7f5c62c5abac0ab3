package nl.praatmetjeboekhouding.dirk.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that wrote its id to a file. */
final class NotedProcess {

  private NotedProcess() {}

  /** Whether it has ended; one whose parent has not asked yet how it ended has. */
  static boolean hasEnded(Path file) throws IOException {
    long pid = Long.parseLong(Files.readString(file).strip());
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()
        || MarkedProcesses.isZombie(pid);
  }
}
