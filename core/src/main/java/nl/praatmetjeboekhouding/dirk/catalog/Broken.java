package nl.praatmetjeboekhouding.dirk.catalog;

import static java.util.Objects.requireNonNull;

/**
 * A registered provider that could not be loaded.
 *
 * @param provider its class, or what is known of it
 * @param reason why
 */
public record Broken(String provider, String reason) {

  /** Checks that nothing is null. */
  public Broken {
    requireNonNull(provider, "provider");
    requireNonNull(reason, "reason");
  }

  /** {@code provider (reason)}. */
  @Override
  public String toString() {
    return provider + " (" + reason + ")";
  }
}
