package nl.praatmetjeboekhouding.dirk.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** What this process is called in journals: where a run was told, for people. */
final class ThisProcess {

  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  /** Read once: it stays as long as the process does. */
  private static final Optional<String> HOST = host();

  private ThisProcess() {}

  /**
   * A name that no other process has, such as {@code build-7 process 4711/0c4f9a1e}. Asks no name
   * server, and names no user.
   */
  static String name() {
    String process =
        "process "
            + ProcessHandle.current().pid()
            + "/"
            + UUID.randomUUID().toString().substring(0, 8);
    return HOST.map(host -> host + " " + process).orElse(process);
  }

  private static Optional<String> host() {
    return kernel()
        .or(() -> Optional.ofNullable(System.getenv("HOSTNAME")))
        .or(() -> Optional.ofNullable(System.getenv("COMPUTERNAME")))
        .map(name -> name.strip().replaceAll("[^A-Za-z0-9._-]", "-"))
        .filter(name -> !name.isEmpty());
  }

  private static Optional<String> kernel() {
    try {
      return Files.isReadable(KERNEL) ? Optional.of(Files.readString(KERNEL)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
