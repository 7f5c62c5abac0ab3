package nl.praatmetjeboekhouding.dirk.journal;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import org.jspecify.annotations.Nullable;

/**
 * One change that a thread asked for, and what came of it. Used under the lock of {@link Turns}; its
 * outcome is read by the thread that asked, when it is over.
 */
final class Turn<T> {

  /** Something to be written. */
  @FunctionalInterface
  interface Change<T> {
    T write(Book book, Draft draft) throws IOException;
  }

  private final Change<T> change;
  private @Nullable Supplier<T> outcome;
  private boolean over;

  Turn(Change<T> change) {
    this.change = change;
  }

  /** Adds its lines to those that are written next; a refusal concerns this turn only. */
  void attempt(Book book, Draft draft) throws IOException {
    try {
      T value = change.write(book, draft);
      outcome = () -> value;
    } catch (JournalException | IllegalArgumentException refusal) {
      outcome =
          () -> {
            throw refusal;
          };
    }
  }

  /** Its lines are durable. */
  void end() {
    over = true;
  }

  /** Nothing was written. */
  void fail(JournalException failure) {
    if (!over) {
      outcome =
          () -> {
            throw new JournalException(failure.kind(), requireNonNullElse(failure.getMessage(), ""), failure);
          };
      over = true;
    }
  }

  boolean isOver() {
    return over;
  }

  T outcome() {
    Supplier<T> known = outcome;
    if (known == null) {
      throw new IllegalStateException("the turn is not over");
    }
    return known.get();
  }
}
