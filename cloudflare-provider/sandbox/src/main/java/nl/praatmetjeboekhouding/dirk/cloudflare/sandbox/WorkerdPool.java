package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The workerd processes in use: one per version, started when first needed; above the limit the
 * idle one that was used longest ago ends. Safe for use by several threads.
 */
final class WorkerdPool implements AutoCloseable {

  /** Uses a running process. */
  @FunctionalInterface
  interface Use {
    void with(WorkerdProcess process) throws IOException;
  }

  private static final class Slot {
    private int users;
    private @Nullable WorkerdProcess process;
  }

  private final Workerd workerd;
  private final Optional<String> newestDate;
  private final int limit;
  private final Duration patience;
  private final Map<String, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

  /** Takes the files away also when nobody closes the sandbox before its JVM ends. */
  private final Thread atExit = new Thread(this::close, "dirk-sandbox-exit");

  private @Nullable Path folder;
  private boolean closed;

  /**
   * Starts nothing yet.
   *
   * @param limit how many may live at once
   * @param patience how long one may take to start
   */
  WorkerdPool(Workerd workerd, int limit, Duration patience) {
    this.workerd = workerd;
    this.newestDate = WorkerdDate.of(workerd);
    this.limit = limit;
    this.patience = patience;
  }

  /** The compatibility date that a version runs with because the binary does not know its own. */
  Optional<String> lowered(Version version) {
    return WorkerdConfig.lowered(version.code(), newestDate);
  }

  void use(Version version, Use use) throws IOException {
    Slot slot = take(version.id());
    try {
      use.with(running(slot, version));
    } finally {
      giveBack(version.id(), slot);
    }
  }

  private synchronized Slot take(String id) throws IOException {
    refuseIfClosed();
    Slot slot = slots.computeIfAbsent(id, key -> new Slot());
    slot.users++;
    return slot;
  }

  private synchronized void refuseIfClosed() throws IOException {
    if (closed) {
      throw new IOException("the sandbox is closed");
    }
  }

  private void giveBack(String id, Slot slot) {
    List<WorkerdProcess> ended = new ArrayList<>();
    synchronized (this) {
      slot.users--;
      if (slot.users == 0 && slot.process == null) {
        slots.remove(id, slot);
      }
      Iterator<Slot> oldestFirst = slots.values().iterator();
      while (oldestFirst.hasNext() && slots.size() > limit) {
        Slot candidate = oldestFirst.next();
        if (candidate.users == 0) {
          oldestFirst.remove();
          Optional.ofNullable(candidate.process).ifPresent(ended::add);
        }
      }
    }
    ended.forEach(WorkerdProcess::close);
  }

  /** Whoever took a slot before a close, and comes here after it, starts nothing any more. */
  private WorkerdProcess running(Slot slot, Version version) throws IOException {
    synchronized (slot) {
      refuseIfClosed();
      WorkerdProcess process = slot.process;
      if (process == null || !process.isAlive()) {
        Optional.ofNullable(process).ifPresent(WorkerdProcess::close);
        Path own = folder().resolve(version.id());
        Path config = WorkerdConfig.write(own, version, newestDate);
        process = WorkerdProcess.start(workerd, config, version.id(), patience);
        slot.process = process;
      }
      return process;
    }
  }

  private synchronized Path folder() throws IOException {
    Path known = folder;
    if (known == null) {
      known = Files.createTempDirectory("dirk-sandbox-");
      folder = known;
      Runtime.getRuntime().addShutdownHook(atExit);
    }
    return known;
  }

  @Override
  public void close() {
    List<Slot> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(slots.values());
      slots.clear();
    }
    for (Slot slot : left) {
      synchronized (slot) {
        Optional.ofNullable(slot.process).ifPresent(WorkerdProcess::close);
      }
    }
    deleteFolder();
  }

  private void forgetExit() {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // this is the exit
    }
  }

  private synchronized void deleteFolder() {
    Path gone = folder;
    if (gone == null) {
      return;
    }
    folder = null;
    forgetExit();
    try (Stream<Path> paths = Files.walk(gone)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + gone, e);
    }
  }
}
