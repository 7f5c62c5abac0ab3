package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What the processes that are started while it is open use of the machine. Reads Linux's {@code
 * /proc}; elsewhere it sees nothing.
 */
final class Usage implements AutoCloseable {

  private static final Path PROC = Path.of("/proc");
  private static final String OWN = own();
  private static final long EVERY_MILLIS = 20;
  private static final int MILLIS_A_TICK = 10;

  /** Where a process' stat tells the time of its children, counted behind its name. */
  private static final int CHILDREN = 13;

  private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
  private final Set<Long> before = processes();
  private final long ticks = ticks();
  private volatile long peak;

  private Usage() {
    Future<?> unused =
        watch.scheduleAtFixedRate(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  static Usage begin() {
    return new Usage();
  }

  /** The processor time of all that were started since and have ended. */
  long cpuMillis() {
    return (ticks() - ticks) * MILLIS_A_TICK;
  }

  /** The most memory that they were seen to hold together. */
  long peakKilobytes() {
    return peak;
  }

  private static Set<Long> processes() {
    return ProcessHandle.current()
        .descendants()
        .map(ProcessHandle::pid)
        .collect(Collectors.toUnmodifiableSet());
  }

  private void look() {
    long now =
        processes().stream().filter(pid -> !before.contains(pid)).mapToLong(Usage::memory).sum();
    peak = Math.max(peak, now);
  }

  /** A process that has not become another program yet still has the memory of this one. */
  private static long memory(long pid) {
    try {
      Path process = PROC.resolve(Long.toString(pid));
      if (Files.readString(process.resolve("cmdline")).equals(OWN)) {
        return 0;
      }
      return Files.readAllLines(process.resolve("status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      return 0; // it has ended meanwhile
    }
  }

  private static String own() {
    try {
      return Files.readString(PROC.resolve("self/cmdline"));
    } catch (IOException e) {
      return ""; // no Linux
    }
  }

  private static long ticks() {
    try {
      String stat = Files.readString(PROC.resolve("self/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[CHILDREN]) + Long.parseLong(fields[CHILDREN + 1]);
    } catch (IOException e) {
      return 0; // no Linux
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
