package nl.praatmetjeboekhouding.dirk.config;

import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/** Secrets that are looked up when they are used. */
final class Secrets {

  private Secrets() {}

  static Secret of(String name, SecretsLookup lookup) {
    return Secret.of(
        name,
        () ->
            lookup
                .find(name)
                .orElseThrow(
                    () ->
                        new ConfigurationException(
                            "secrets", "there is no secret " + name + ": set it, then try again")));
  }
}
