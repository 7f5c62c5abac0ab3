package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Target;

/**
 * Which alerts are wanted.
 *
 * @param target of this service in this environment
 * @param release of the release of this label; empty: of any
 * @param since that happened at this time or later
 */
public record AlertFilter(Target target, Optional<String> release, Instant since) {

  /** Checks that nothing is null. */
  public AlertFilter {
    requireNonNull(target, "target");
    requireNonNull(release, "release");
    requireNonNull(since, "since");
  }

  /** All of a target since then. */
  public static AlertFilter of(Target target, Instant since) {
    return new AlertFilter(target, Optional.empty(), since);
  }

  /** This one, of one release only. */
  public AlertFilter withRelease(String label) {
    return new AlertFilter(target, Optional.of(label), since);
  }
}
