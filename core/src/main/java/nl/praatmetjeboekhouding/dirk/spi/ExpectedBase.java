package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** What must serve a target for an activation to be right. */
public sealed interface ExpectedBase {

  /** Nothing may serve it yet. */
  record Nothing() implements ExpectedBase {}

  /** Whatever serves it. */
  record Anything() implements ExpectedBase {}

  /**
   * This deployment and no other.
   *
   * @param id the vendor's id
   */
  record Standing(String id) implements ExpectedBase {

    /** Checks that nothing is null. */
    public Standing {
      requireNonNull(id, "id");
    }
  }

  /** The deployment that was read, or nothing if there was none. */
  static ExpectedBase of(Optional<String> deployment) {
    return deployment.<ExpectedBase>map(Standing::new).orElseGet(Nothing::new);
  }

  /** Whether this is what stands: the id of the active deployment, or empty if there is none. */
  default boolean allows(Optional<String> active) {
    return this instanceof Anything || equals(of(active));
  }
}
