package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that a tracker says is wrong.
 *
 * @param id the vendor's own, the same whenever it is told again
 * @param title for people; no secret
 * @param level how bad
 * @param at when it happened
 * @param release the label of the release that it happened in; empty if the tracker does not know
 */
public record Alert(String id, String title, Level level, Instant at, Optional<String> release) {

  /** How bad it is. */
  public enum Level {
    /** Worth knowing. */
    WARNING,
    /** Something failed. */
    ERROR,
    /** The service fails its users. */
    CRITICAL
  }

  /** Checks that nothing is null and the id not blank. */
  public Alert {
    requireNonNull(id, "id");
    requireNonNull(title, "title");
    requireNonNull(level, "level");
    requireNonNull(at, "at");
    requireNonNull(release, "release");
    if (id.isBlank()) {
      throw new IllegalArgumentException("id must not be blank");
    }
  }

  /** An alert of which nobody knows the release. */
  public static Alert of(String id, String title, Level level, Instant at) {
    return new Alert(id, title, level, at, Optional.empty());
  }

  /** This one, which happened in the release of this label. */
  public Alert withRelease(String label) {
    return new Alert(id, title, level, at, Optional.of(label));
  }

  /** {@code CRITICAL 17 "checkout fails"}. */
  @Override
  public String toString() {
    return level + " " + id + " \"" + title + "\"";
  }
}
