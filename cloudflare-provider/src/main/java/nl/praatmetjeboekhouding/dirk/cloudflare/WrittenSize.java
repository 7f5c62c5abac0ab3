package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Time in which a folder is looked at that a tool writes into, so that one that writes without end
 * is ended while the disk has room. It needs no thread of its own, since whoever runs the tool
 * pauses all the time. Not thread-safe.
 */
final class WrittenSize implements TimeSource, AutoCloseable {

  private static final Duration BETWEEN = Duration.ofMillis(250);

  /**
   * How much may be written.
   *
   * @param bytes many times what Cloudflare takes of a Worker, with its source maps
   * @param files in number
   */
  record Limit(long bytes, int files) {

    static Limit standard() {
      return new Limit(512L * 1024 * 1024, 20_000);
    }
  }

  private record Size(long bytes, long files) {}

  private final TimeSource time;
  private final Path folder;
  private final Limit limit;
  private final Size before;
  private final Cancellation ended = Cancellation.create();
  private final Cancellation.Registration asked;
  private long lastLook;
  private boolean exceeded;

  /**
   * @param cancellation ends the tool as well
   */
  WrittenSize(TimeSource time, Path folder, Limit limit, Cancellation cancellation) {
    this.time = time;
    this.folder = folder;
    this.limit = limit;
    before = size();
    lastLook = time.nanoTime();
    asked = cancellation.onStop(() -> ended.detach("the tool was to be ended"));
  }

  /** By which the tool is ended. */
  Cancellation cancellation() {
    return ended;
  }

  /** Whether more was written than may be; what was written meanwhile counts. */
  boolean isExceeded() {
    look();
    return exceeded;
  }

  @Override
  public Instant instant() {
    return time.instant();
  }

  @Override
  public long nanoTime() {
    return time.nanoTime();
  }

  @Override
  public boolean pause(Duration wait, Cancellation cancellation) {
    if (time.nanoTime() - lastLook >= BETWEEN.toNanos()) {
      look();
      lastLook = time.nanoTime();
    }
    return time.pause(wait, cancellation);
  }

  private void look() {
    if (exceeded) {
      return;
    }
    Size now = size();
    if (now.bytes() - before.bytes() > limit.bytes()
        || now.files() - before.files() > limit.files()) {
      exceeded = true;
      ended.detach("the tool wrote too much");
    }
  }

  /** What comes and goes while it is counted may be counted or not. */
  private Size size() {
    long bytes = 0;
    long files = 0;
    try (Stream<Path> found = Files.walk(folder)) {
      for (Iterator<Path> each = found.iterator(); each.hasNext(); ) {
        Path file = each.next();
        files++;
        bytes += size(file);
      }
    } catch (IOException | UncheckedIOException e) {
      return new Size(bytes, files);
    }
    return new Size(bytes, files);
  }

  private static long size(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
  }

  @Override
  public void close() {
    asked.close();
  }
}
