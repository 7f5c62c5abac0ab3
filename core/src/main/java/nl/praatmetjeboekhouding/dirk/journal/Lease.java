package nl.praatmetjeboekhouding.dirk.journal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import nl.praatmetjeboekhouding.dirk.error.JournalException;

/**
 * The right to change a resource, for a time.
 *
 * @param resource what it is on
 * @param epoch grows with every acquisition of the resource; an older one is stale
 * @param holder who has it
 * @param reason why, for whoever waits
 * @param since when it was acquired
 * @param until when it ends unless it is renewed
 */
public record Lease(
    String resource, long epoch, String holder, String reason, Instant since, Instant until) {

  /** Checks that nothing is null and the epoch positive. */
  public Lease {
    requireNonNull(resource, "resource");
    requireNonNull(holder, "holder");
    requireNonNull(reason, "reason");
    requireNonNull(since, "since");
    requireNonNull(until, "until");
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch must be at least 1: " + epoch);
    }
  }

  /** This one with another end, as when it is renewed. */
  public Lease endingAt(Instant end) {
    return new Lease(resource, epoch, holder, reason, since, end);
  }

  /**
   * Refuses what is done under it once it is lost; for those who write journals.
   *
   * @throws JournalException with STALE_EPOCH if it is not held
   */
  public void requireHeld(boolean isHeld) {
    if (!isHeld) {
      throw new JournalException(
          JournalException.Kind.STALE_EPOCH,
          holder + " no longer holds " + resource + ": it was taken over or ran out");
    }
  }

  /** Who holds it since when, why and until when, for people. */
  public String account() {
    return resource
        + " is held by "
        + holder
        + " since "
        + since.truncatedTo(ChronoUnit.SECONDS)
        + " ("
        + reason
        + "), until "
        + until.truncatedTo(ChronoUnit.SECONDS)
        + " unless that is prolonged";
  }
}
