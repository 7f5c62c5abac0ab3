package nl.praatmetjeboekhouding.dirk.command;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command while it runs: read and waited for on one thread, which never blocks on its output. */
final class Execution {

  private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

  /** A pipe holds little, so one that was full is looked at soon again. */
  private static final Duration SHORTEST = Duration.ofNanos(200_000);

  private static final Duration BETWEEN = Duration.ofMillis(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /**
   * When a process ends, the platform takes what is left in the pipe out of it and puts it back as
   * a whole, on a thread of its own: the output is at its end when there was none for a while.
   */
  private static final int QUIET_READS = 5;

  private static final Duration LAST_READ = Duration.ofSeconds(2);

  /** What made it end. */
  enum Ending {
    EXITED,
    TIMED_OUT,
    STOPPED
  }

  /**
   * How it ended.
   *
   * @param took until then; ending what was left is not counted
   */
  record Ended(Ending ending, Duration took) {}

  private final Command command;
  private final Process process;
  private final ProcessTree tree;
  private final Hearing hearing;
  private final OutputLines lines;
  private final TimeSource time;
  private final long began;
  private final InputStream output;
  private final byte[] buffer = new byte[32 * 1024];
  private long lastLook;

  Execution(
      Command command,
      Process process,
      ProcessTree tree,
      Hearing hearing,
      OutputLines lines,
      TimeSource time) {
    this.command = command;
    this.process = process;
    this.tree = tree;
    this.hearing = hearing;
    this.lines = lines;
    this.time = time;
    this.began = time.nanoTime();
    this.lastLook = began;
    this.output = process.getInputStream();
  }

  /** Returns when the process and all that came of it has ended. */
  Ended toEnd(Cancellation cancellation) {
    try {
      Ending ending = follow(cancellation);
      return new Ended(ending, took());
    } finally {
      end();
    }
  }

  private Ending follow(Cancellation cancellation) {
    Duration pause = SHORTEST;
    while (process.isAlive()) {
      look();
      pause = readSome() ? SHORTEST : shorter(pause.multipliedBy(2), BETWEEN);
      if (!time.pause(pause, cancellation) || hearing.hasFailed()) {
        return Ending.STOPPED;
      }
      if (took().compareTo(command.timeout()) >= 0) {
        return Ending.TIMED_OUT;
      }
    }
    return Ending.EXITED;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Duration took() {
    return Duration.ofNanos(time.nanoTime() - began);
  }

  private void look() {
    long now = time.nanoTime();
    if (now - lastLook >= BETWEEN_LOOKS.toNanos()) {
      tree.look();
      lastLook = now;
    }
  }

  private void end() {
    boolean exited = !process.isAlive();
    try (Patience patience = new Patience(time)) {
      int left = tree.end(patience, this::readSome);
      if (exited && left > 0) {
        LOG.info("'{}' left {} processes behind; they were ended", command.run().get(0), left);
      }
      readRest(patience);
    }
    try {
      output.close();
    } catch (IOException e) {
      LOG.debug("the output of '{}' could not be closed", command.run().get(0), e);
    }
  }

  private void readRest(Patience patience) {
    long from = time.nanoTime();
    int quiet = 0;
    while (quiet < QUIET_READS && time.nanoTime() - from < LAST_READ.toNanos()) {
      if (readSome()) {
        quiet = 0;
      } else {
        quiet++;
        patience.pause(BETWEEN);
      }
    }
    lines.end();
  }

  /** Reads what is there without waiting for more; whether there was something. */
  private boolean readSome() {
    try {
      int available = Math.min(output.available(), buffer.length);
      int count = available > 0 ? output.read(buffer, 0, available) : 0;
      if (count > 0) {
        lines.write(buffer, count);
      }
      return count > 0;
    } catch (IOException e) {
      LOG.debug("the output of '{}' has ended", command.run().get(0), e);
      return false;
    }
  }
}
