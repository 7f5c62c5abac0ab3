package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

/**
 * What a look for an earlier effect found.
 *
 * @param <T> what the effect makes
 */
public sealed interface Sighting<T> {

  /**
   * It took effect, and the effect stands.
   *
   * @param value what it made
   * @param <T> what the effect makes
   */
  record Done<T>(T value) implements Sighting<T> {

    /** Checks that nothing is null. */
    public Done {
      requireNonNull(value, "value");
    }
  }

  /**
   * It took effect, and something later replaced it.
   *
   * @param value what it made
   * @param <T> what the effect makes
   */
  record Superseded<T>(T value) implements Sighting<T> {

    /** Checks that nothing is null. */
    public Superseded {
      requireNonNull(value, "value");
    }
  }

  /**
   * It has not taken effect so far. Only to be said where the vendor's list reaches back to the
   * intent.
   *
   * @param <T> what the effect makes
   */
  record Absent<T>() implements Sighting<T> {}

  /**
   * The vendor's list does not reach back far enough, or does not carry the key.
   *
   * @param why in a few words
   * @param <T> what the effect makes
   */
  record CannotTell<T>(String why) implements Sighting<T> {

    /** Checks that nothing is null. */
    public CannotTell {
      requireNonNull(why, "why");
    }
  }
}
