package nl.praatmetjeboekhouding.dirk.command;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command while it runs: read and waited for on one thread, which never blocks on its output. */
final class Execution {

  private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

  private static final Duration BETWEEN = Duration.ofMillis(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final Duration LAST_READ = Duration.ofSeconds(1);

  private final Command command;
  private final Process process;
  private final ProcessTree tree;
  private final OutputLines lines;
  private final TimeSource time;
  private final long start;
  private final InputStream output;
  private final byte[] buffer = new byte[32 * 1024];
  private long lastLook;

  Execution(
      Command command, Process process, String mark, OutputLines lines, TimeSource time) {
    this.command = command;
    this.process = process;
    this.lines = lines;
    this.time = time;
    tree = new ProcessTree(process.toHandle(), mark, time);
    start = time.nanoTime();
    lastLook = start;
    output = process.getInputStream();
  }

  CommandResult toEnd(Cancellation cancellation) {
    Optional<Cancellation.Stop> stop = cancellation.stop();
    while (process.isAlive() && stop.isEmpty() && !isOver()) {
      look();
      if (!readSome()) {
        time.pause(BETWEEN, cancellation);
      }
      stop = cancellation.stop();
    }
    boolean ended = !process.isAlive();
    int left = tree.end();
    readRest();
    if (ended) {
      if (left > 0) {
        LOG.info("{} left {} processes behind; they were ended", command.run().get(0), left);
      }
      return new CommandResult.Exited(process.exitValue(), lines.kept(), took());
    }
    return stop.<CommandResult>map(
            asked -> new CommandResult.Stopped(asked, lines.kept(), took()))
        .orElseGet(() -> new CommandResult.TimedOut(lines.kept(), took()));
  }

  private boolean isOver() {
    return took().compareTo(command.timeout()) >= 0;
  }

  private Duration took() {
    return Duration.ofNanos(time.nanoTime() - start);
  }

  private void look() {
    long now = time.nanoTime();
    if (now - lastLook >= BETWEEN_LOOKS.toNanos()) {
      tree.look();
      lastLook = now;
    }
  }

  /** Reads what is there, without waiting for more; whether there was something. */
  private boolean readSome() {
    try {
      int available = Math.min(output.available(), buffer.length);
      int count = available > 0 ? output.read(buffer, 0, available) : 0;
      if (count > 0) {
        lines.write(buffer, count);
      }
      return count > 0;
    } catch (IOException e) {
      LOG.debug("the output of {} has ended", command.run().get(0), e);
      return false;
    }
  }

  private void readRest() {
    long end = time.nanoTime() + LAST_READ.toNanos();
    boolean more = true;
    while (more && time.nanoTime() - end < 0) {
      more = readSome();
    }
    lines.end();
    try {
      output.close();
    } catch (IOException e) {
      LOG.debug("the output of {} could not be closed", command.run().get(0), e);
    }
  }
}
