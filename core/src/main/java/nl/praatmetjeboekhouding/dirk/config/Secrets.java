package nl.praatmetjeboekhouding.dirk.config;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/** Secrets that are looked up when they are used. */
final class Secrets {

  private Secrets() {}

  static Secret of(String name, SecretsLookup lookup) {
    return Secret.of(name, () -> value(name, lookup));
  }

  /** Why there is no value, or empty if there is one. */
  static Optional<String> problem(String name, SecretsLookup lookup) {
    try {
      value(name, lookup);
      return Optional.empty();
    } catch (ConfigurationException e) {
      return Optional.of(e.faults().get(0).message());
    }
  }

  private static String value(String name, SecretsLookup lookup) {
    Optional<String> found;
    try {
      found = lookup.find(name);
    } catch (RuntimeException e) {
      throw missing(
          "the secret %s could not be looked up: %s".formatted(name, Shown.name(e.toString())));
    }
    String value = found.orElseThrow(() -> missing("the secret " + name + " is not set"));
    if (value.isEmpty()) {
      throw missing("the secret " + name + " is set to an empty text");
    }
    return value;
  }

  private static ConfigurationException missing(String message) {
    return new ConfigurationException("secrets", message);
  }
}
