package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

/** How far a vendor is with what it was asked for. */
public sealed interface Progress {

  /** The vendor still works on it; ask again. */
  record Pending() implements Progress {}

  /** It is there. */
  record Ready() implements Progress {}

  /**
   * It will never be there.
   *
   * @param reason what the vendor says
   */
  record Failed(String reason) implements Progress {

    /** Checks that nothing is null. */
    public Failed {
      requireNonNull(reason, "reason");
    }
  }

  /** Still worked on. */
  static Progress pending() {
    return new Pending();
  }

  /** There. */
  static Progress ready() {
    return new Ready();
  }

  /** Never to be there. */
  static Progress failed(String reason) {
    return new Failed(reason);
  }
}
