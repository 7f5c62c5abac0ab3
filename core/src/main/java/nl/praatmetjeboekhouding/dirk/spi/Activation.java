package nl.praatmetjeboekhouding.dirk.spi;

/** How a vendor brings an uploaded version to its users. */
public enum Activation {
  /** Traffic is split between versions in shares, zero included. */
  SPLIT,
  /** All or nothing. */
  SWITCH,
  /** The upload <em>is</em> the switch; {@link Deployer#activate} is not called. */
  WITH_UPLOAD
}
