package nl.praatmetjeboekhouding.dirk.config;

import java.util.Optional;

/**
 * Where the values of secrets come from: the environment of this process, a vault. Asked each time
 * a value is needed, so that a secret may be changed while Dirk runs. Safe for use by several
 * threads.
 */
@FunctionalInterface
public interface SecretsLookup {

  /** The value of the secret as it is now, or empty if there is none of this name. */
  Optional<String> find(String name);

  /** The environment variables of this process. */
  static SecretsLookup environment() {
    return name -> Optional.ofNullable(System.getenv(name));
  }
}
