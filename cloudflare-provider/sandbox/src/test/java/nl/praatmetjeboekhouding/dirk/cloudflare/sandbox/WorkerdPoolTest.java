package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WorkerdPoolTest {

  @TempDir private Path folder;

  @Test
  void whoTookAPlaceBeforeTheCloseStartsNothingAfterIt() throws Exception {
    WorkerdPool pool = new WorkerdPool(refusing(), 8, Duration.ofSeconds(10));
    FutureTask<Exception> first = new FutureTask<>(() -> failure(pool));
    FutureTask<Exception> second = new FutureTask<>(() -> failure(pool));
    FutureTask<Void> close = new FutureTask<>(pool::close, null);

    start(first);
    awaitStart();
    awaitBlocked(start(second));
    awaitBlocked(start(close));
    Files.createFile(folder.resolve("go"));

    assertThat(first.get()).isInstanceOf(Refusal.class);
    assertThat(second.get()).isInstanceOf(IOException.class).hasMessage("the sandbox is closed");
    close.get();
    assertThat(starts()).isEqualTo(1);
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  private static Exception failure(WorkerdPool pool) {
    try {
      pool.use(version(), process -> {});
    } catch (IOException | Refusal e) {
      return e;
    }
    return new IllegalStateException("it ran");
  }

  private static Version version() {
    Code code =
        new Code("", false, List.of(), Optional.empty(), List.of(), Json.object(), Assets.none());
    return new Version("v1", 1, Instant.EPOCH, Map.of(), List.of(), code, 0);
  }

  /** Something that says when it starts, and ends without having listened when it is told to. */
  private Workerd refusing() throws IOException {
    Path binary = folder.resolve("workerd");
    Files.writeString(
        binary,
        """
        #!/bin/sh
        cd "%s"
        [ "$1" = --version ] && exit
        echo started >> starts
        until [ -e go ]; do sleep 0.02; done
        echo refused
        """
            .formatted(folder));
    Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));
    return new Workerd(binary);
  }

  private long starts() throws IOException {
    Path starts = folder.resolve("starts");
    return Files.exists(starts) ? Files.readAllLines(starts).size() : 0;
  }

  private void awaitStart() throws IOException {
    while (starts() == 0) {
      Thread.onSpinWait();
    }
  }

  private static Thread start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void awaitBlocked(Thread thread) {
    while (thread.getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
  }
}
