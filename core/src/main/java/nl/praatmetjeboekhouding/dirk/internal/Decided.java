package nl.praatmetjeboekhouding.dirk.internal;

/**
 * What a decision came to.
 *
 * @param failed whether people should see it as a failure
 * @param detail what to tell people
 */
record Decided<T>(T value, boolean failed, String detail) {

  static <T> Decided<T> of(T value, String detail) {
    return new Decided<>(value, false, detail);
  }
}
