package nl.praatmetjeboekhouding.dirk.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What one line of the file says. */
sealed interface Line {

  /** The first line: the form of all that follow. */
  record Opening(int version) implements Line {}

  /** An entry of a stream, and the leases that its writer relied on. */
  record Written(Entry entry, List<Claim> held) implements Line {}

  /** The epoch of a lease that a writer relied on. */
  record Claim(String resource, long epoch) {}

  /** What happened to a lease, when, and by which process. */
  record LeaseChange(Change change, Lease lease, Instant at, String process) implements Line {

    Duration ttl() {
      return Duration.between(at, lease.until());
    }
  }

  /** What can happen to a lease. */
  enum Change {
    ACQUIRED,
    RENEWED,
    RELEASED
  }
}
