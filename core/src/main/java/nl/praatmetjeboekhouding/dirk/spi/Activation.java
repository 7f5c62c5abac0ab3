package nl.praatmetjeboekhouding.dirk.spi;

/** How a vendor brings an uploaded version to its users. */
public enum Activation {
  /** Traffic is split between versions in shares, zero included. */
  SPLIT,
  /** All or nothing. */
  SWITCH,
  /**
   * The upload <em>is</em> the switch; {@link Deployer#activate} is called only to put an earlier
   * version back, where that was prepared as {@linkplain Prepared#reversible() reversible}.
   */
  WITH_UPLOAD
}
