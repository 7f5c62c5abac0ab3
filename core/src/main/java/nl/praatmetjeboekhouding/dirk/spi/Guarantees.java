package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a deployer's vendor promises, and so what Dirk may rely on when the fate of a call is
 * unknown.
 *
 * @param upload of {@link Deployer#upload}
 * @param activate of {@link Deployer#activate}
 * @param comparesAndSets whether the vendor itself refuses an activation whose expected base no
 *     longer stands
 * @param settleWindow how long after a write the vendor's reads may still not show it; zero if they
 *     show it at once
 */
public record Guarantees(
    Kind upload, Kind activate, boolean comparesAndSets, Duration settleWindow) {

  /** How a repeated or lost write can be told from a single one. */
  public enum Kind {
    /** The write carries our key, and the key can be read back. */
    READ_BACK_KEY,
    /** The vendor itself ignores a second write with the same key. */
    IDEMPOTENCY_KEY,
    /** Writing the same again changes nothing. */
    CONVERGENT,
    /** None of these: at least once is all there is. */
    NONE
  }

  /** Promises about writes, from a vendor that compares nothing and shows a write at once. */
  public static Guarantees of(Kind upload, Kind activate) {
    return new Guarantees(upload, activate, false, Duration.ZERO);
  }

  /** These, from a vendor that refuses an activation whose expected base no longer stands. */
  public Guarantees comparingAndSetting() {
    return new Guarantees(upload, activate, true, settleWindow);
  }

  /** These, from a vendor whose reads show a write only after this long. */
  public Guarantees settlingWithin(Duration window) {
    return new Guarantees(upload, activate, comparesAndSets, window);
  }

  /** Checks that nothing is null and the window not negative. */
  public Guarantees {
    requireNonNull(upload, "upload");
    requireNonNull(activate, "activate");
    requireNonNull(settleWindow, "settleWindow");
    if (settleWindow.isNegative()) {
      throw new IllegalArgumentException("settleWindow must not be negative: " + settleWindow);
    }
  }
}
