package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.util.Objects.requireNonNull;

/**
 * A domain of the account.
 *
 * @param id 32 hexadecimal digits
 * @param name such as {@code example.com}
 */
public record Zone(String id, String name) {

  /** Checks that nothing is null. */
  public Zone {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
  }

  boolean holds(String host) {
    return host.equals(name) || host.endsWith("." + name);
  }
}
