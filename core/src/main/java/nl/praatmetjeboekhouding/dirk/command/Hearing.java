package nl.praatmetjeboekhouding.dirk.command;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes lines on until the listener throws; that is kept until the command has been ended. Not
 * thread-safe.
 */
final class Hearing implements Consumer<String> {

  private final Consumer<String> listener;
  private @Nullable RuntimeException thrown;

  Hearing(Consumer<String> listener) {
    this.listener = listener;
  }

  @Override
  public void accept(String line) {
    if (thrown == null) {
      try {
        listener.accept(line);
      } catch (RuntimeException e) {
        thrown = e;
      }
    }
  }

  boolean hasFailed() {
    return thrown != null;
  }

  /** What the listener threw, or empty if it threw nothing. */
  Optional<RuntimeException> thrown() {
    return Optional.ofNullable(thrown);
  }
}
