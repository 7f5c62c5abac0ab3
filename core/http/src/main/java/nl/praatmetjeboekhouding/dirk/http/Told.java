package nl.praatmetjeboekhouding.dirk.http;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What an answer tells of the version that gave it.
 *
 * @param identity which version it was, or empty if it does not tell
 * @param why why it does not; empty text if it does, or is not asked to
 * @param gaveUp whether it may tell, but looking for it took too long
 */
record Told(Optional<String> identity, String why, boolean gaveUp) {

  Told {
    requireNonNull(identity, "identity");
    requireNonNull(why, "why");
  }

  static Told of(String identity) {
    return new Told(Optional.of(identity), "", false);
  }

  static Told nothing(String why) {
    return new Told(Optional.empty(), why, false);
  }

  static Told gaveUp(String why) {
    return new Told(Optional.empty(), why, true);
  }
}
