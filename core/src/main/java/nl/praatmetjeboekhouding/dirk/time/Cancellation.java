package nl.praatmetjeboekhouding.dirk.time;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one way to stop a run, from any thread.
 *
 * <p>Two things can be asked: <em>detach</em> leaves the run open for a later resume,
 * <em>cancel</em> ends it: before the switch to CANCELLED, after it by rolling back. A detach may
 * follow a cancel. Safe for use by several threads.
 */
public final class Cancellation {

  /** What was asked. */
  public enum Kind {
    /** Stop working here; the run stays open and is resumed later. */
    DETACH,
    /** End the run. */
    CANCEL
  }

  /**
   * A request to stop.
   *
   * @param kind what was asked
   * @param reason why, for the report
   */
  public record Stop(Kind kind, String reason) {

    /** Checks that nothing is null. */
    public Stop {
      requireNonNull(kind, "kind");
      requireNonNull(reason, "reason");
    }
  }

  /** What {@link #onStop} returns: closing it forgets the action. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** The one that this is a view of, which hears detaches only; or null. */
  private final @Nullable Cancellation origin;

  private final List<Runnable> actions = new ArrayList<>();
  private @Nullable Stop stop;

  private Cancellation(@Nullable Cancellation origin) {
    this.origin = origin;
  }

  /** One that nobody has stopped yet. */
  public static Cancellation create() {
    return new Cancellation(null);
  }

  /**
   * This one, deaf to a cancel: for work that must not be cancelled any more, such as a rollback. A
   * detach of either is a detach of both.
   */
  public Cancellation shielded() {
    return new Cancellation(this);
  }

  /** Asks to stop working here and to leave the run open. */
  public void detach(String reason) {
    if (origin == null) {
      hear(new Stop(Kind.DETACH, reason));
    } else {
      origin.detach(reason);
    }
  }

  /** Asks to end the run. Without effect if it was stopped before, or on a shielded one. */
  public void cancel(String reason) {
    Stop asked = new Stop(Kind.CANCEL, reason);
    if (origin == null) {
      hear(asked);
    }
  }

  /** Whether somebody asked to stop. */
  public boolean isStopped() {
    return stop().isPresent();
  }

  /** What was asked, or empty while nobody has. */
  public Optional<Stop> stop() {
    if (origin != null) {
      return origin.stop().filter(asked -> asked.kind() == Kind.DETACH);
    }
    synchronized (this) {
      return Optional.ofNullable(stop);
    }
  }

  /**
   * Runs {@code action} once when somebody asks to stop, at once if that has happened. It runs on
   * the thread that asks, must be quick and must not throw. A detach after a cancel runs the
   * remaining actions again.
   */
  public Registration onStop(Runnable action) {
    requireNonNull(action, "action");
    if (origin != null) {
      return origin.onStop(
          () -> {
            if (isStopped()) {
              action.run();
            }
          });
    }
    synchronized (this) {
      actions.add(action);
      if (stop == null) {
        return () -> forget(action);
      }
    }
    action.run();
    return () -> forget(action);
  }

  private synchronized void forget(Runnable action) {
    actions.remove(action);
  }

  private void hear(Stop asked) {
    List<Runnable> toRun;
    synchronized (this) {
      boolean nothingNew =
          stop != null && (stop.kind() == Kind.DETACH || asked.kind() == Kind.CANCEL);
      if (nothingNew) {
        return;
      }
      stop = asked;
      toRun = List.copyOf(actions);
    }
    toRun.forEach(Runnable::run);
  }
}
