package nl.praatmetjeboekhouding.dirk.journal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
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
   * @param last the resource's last lease, whoever holds it and whether or not it ran out; empty if
   *     it was given back
   * @throws JournalException with STALE_EPOCH and a message naming who took it over, why and when,
   *     if it is not held
   */
  public void requireHeld(boolean isHeld, Optional<Lease> last) {
    if (!isHeld) {
      throw new JournalException(
          JournalException.Kind.STALE_EPOCH,
          holder
              + " no longer holds "
              + resource
              + ": "
              + last.map(this::lossTo).orElse("it was given back"));
    }
  }

  private String lossTo(Lease last) {
    return last.epoch == epoch
        ? "it ran out at " + last.until.truncatedTo(ChronoUnit.SECONDS)
        : last.holder
            + " took it over at "
            + last.since.truncatedTo(ChronoUnit.SECONDS)
            + " ("
            + last.reason
            + ")";
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
