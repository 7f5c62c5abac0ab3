package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long a service was up and down in some time. What is in neither was not measured. Announced
 * maintenance counts as up: it is no fault, and no gap in what was measured.
 *
 * @param up how long it was seen to be up
 * @param down how long it was seen to be down
 */
public record Uptime(Duration up, Duration down) {

  /** Checks that neither is negative. */
  public Uptime {
    requireNonNull(up, "up");
    requireNonNull(down, "down");
    if (up.isNegative() || down.isNegative()) {
      throw new IllegalArgumentException(
          "up and down must not be negative: " + up + " and " + down);
    }
  }
}
