package nl.praatmetjeboekhouding.dirk.cloudflare;

import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/** What became of what a write was to set, in words: of some failures nobody knows. */
final class Fate {

  private Fate() {}

  /** That it was not set, or perhaps was not. */
  static String unset(String what, ProviderException failure) {
    return (failure.kind().changedNothing() ? "not set: " : "perhaps not set: ")
        + what
        + ", "
        + failure.getMessage();
  }

  /**
   * That it is what it was before, or perhaps is.
   *
   * @param what several things, at the beginning of a sentence
   */
  static String unchanged(String what, ProviderException failure) {
    return what
        + (failure.kind().changedNothing() ? " stay as they were: " : " may stay as they were: ")
        + failure.getMessage();
  }
}
