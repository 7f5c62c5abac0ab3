package nl.praatmetjeboekhouding.dirk.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** Manual time that remembers how long was waited. */
final class Pauses implements TimeSource {

  private final ManualTime time = ManualTime.create();
  private final List<Duration> waits = new CopyOnWriteArrayList<>();

  /** The waits so far, in their order. */
  List<Duration> waits() {
    return waits;
  }

  /** Plans an action for a moment of this time. */
  void after(Duration wait, Runnable action) {
    time.after(wait, action);
  }

  void advance(Duration length) {
    time.advance(length);
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
    waits.add(wait);
    return time.pause(wait, cancellation);
  }
}
