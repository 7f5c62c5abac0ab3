package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;

/**
 * What is looked for.
 *
 * @param key what the write carried along
 * @param target where it went
 * @param since when it was intended, by the clock of this machine: it cannot have taken effect
 *     earlier, so {@link Sighting.Absent} may be said only if the vendor's list reaches back to
 *     this moment, clocks that differ a little allowed for
 */
public record FindRequest(StepKey key, Target target, Instant since) {

  /** Checks that nothing is null. */
  public FindRequest {
    requireNonNull(key, "key");
    requireNonNull(target, "target");
    requireNonNull(since, "since");
  }
}
