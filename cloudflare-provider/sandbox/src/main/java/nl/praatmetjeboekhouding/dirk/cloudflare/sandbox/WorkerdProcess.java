package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running workerd with one version in it. */
final class WorkerdProcess implements AutoCloseable {

  /**
   * Ends workerd when our end of its standard input closes, however this JVM ends. What a terminal
   * sends to all its processes at once must not end the guard before.
   */
  private static final String OUTLIVED_BY_NOBODY =
      "trap '' INT TERM HUP QUIT; \"$@\" & exec >&- 2>&-; read -r _; kill -9 $!; wait";

  private static final Logger log = LoggerFactory.getLogger(WorkerdProcess.class);
  private static final Pattern LISTENING =
      Pattern.compile("\\{\"event\":\"listen\",\"socket\":\"http\",\"port\":(\\d+)}");
  private static final int KEPT = 4000;

  private final Process process;
  private final Thread reader;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final StringBuilder output = new StringBuilder();

  private WorkerdProcess(Process process, String name) {
    this.process = process;
    this.reader = new Thread(this::read, "workerd-output-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts and waits until it listens.
   *
   * @param patience how long it may take, by the real clock
   * @throws Refusal with what workerd says if the version does not start, or not in time
   * @throws IOException if workerd itself does not
   */
  static WorkerdProcess start(Workerd workerd, Path config, String name, Duration patience)
      throws IOException {
    List<String> command =
        List.of(
            "sh",
            "-c",
            OUTLIVED_BY_NOBODY,
            "sh",
            workerd.binary().toString(),
            "serve",
            config.toString(),
            "--control-fd=1");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    WorkerdProcess started = new WorkerdProcess(process, name);
    started.awaitPort(name, patience);
    return started;
  }

  int port() {
    return port.getNow(-1);
  }

  boolean isAlive() {
    return reader.isAlive();
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      reader.join(5000);
    } catch (IOException e) {
      log.debug("workerd's input was closed before", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitPort(String name, Duration patience) throws IOException {
    try {
      port.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      close();
      throw Refusal.invalid(said());
    } catch (TimeoutException e) {
      close();
      throw Refusal.invalid(
          "Script startup exceeded CPU time limit: not started within "
              + patience.toSeconds()
              + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IOException("interrupted while workerd was starting " + name);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.matches()) {
          port.complete(Integer.parseInt(listening.group(1)));
        } else if (port.isDone()) {
          log.debug("workerd: {}", line);
        } else {
          keep(line);
        }
      }
    } catch (IOException e) {
      log.debug("workerd's output ended", e);
    }
    port.completeExceptionally(new IOException("workerd ended"));
  }

  private synchronized void keep(String line) {
    if (output.length() < KEPT) {
      output.append(line.replaceFirst("^service worker: ", "")).append('\n');
    }
  }

  private synchronized String said() {
    return output.length() == 0 ? "workerd ended without a word" : output.toString().strip();
  }
}
