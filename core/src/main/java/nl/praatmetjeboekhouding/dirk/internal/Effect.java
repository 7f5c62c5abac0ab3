package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;

/** A step that changes the world: what is done, and how to see later whether it was done. */
interface Effect<T> {

  /** What is asked for, for people and the journal; no secret. */
  String request();

  /** How a lost or repeated call can be told. */
  Guarantees.Kind guarantee();

  /** How its value looks in the journal. */
  Form<T> form();

  /** What to tell people once it is done. */
  String told(T value);

  /** How long one call may take. */
  default Duration timeout() {
    return Looks.CALL;
  }

  /**
   * Why it must not be sent as things stand at the vendor, asked directly before each time that it
   * is sent; empty if nothing speaks against it. Reads only.
   *
   * @param mayBeThere whether it was sent before, so that what stands may be its own doing
   */
  default Optional<String> objection(boolean mayBeThere, CallContext call) {
    return Optional.empty();
  }

  T apply(StepKey key, CallContext call);

  /** Whether it took effect after it was intended, which was at {@code since}. */
  Sighting<T> observe(StepKey key, Instant since, CallContext call);
}
