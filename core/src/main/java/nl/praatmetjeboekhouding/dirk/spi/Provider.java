package nl.praatmetjeboekhouding.dirk.spi;

/**
 * Makes one kind of thing. Found through {@link java.util.ServiceLoader}; found is not used: it
 * works only when its id is asked for.
 *
 * <p>An implementation has a public constructor without parameters, which does nothing, and is
 * registered both in {@code META-INF/services} and, in a named module, by {@code provides}.
 *
 * @param <T> what it makes
 */
public interface Provider<T> {

  /** Its name in the configuration: lower-case letters, digits and hyphens. Always the same. */
  String id();

  /** {@link Spi#LEVEL} as it was when the provider was compiled. */
  int spiLevel();

  /**
   * Makes one. Reads <em>all</em> its settings, which are told apart from unknown ones by having
   * been read, and opens no connection.
   *
   * @throws nl.praatmetjeboekhouding.dirk.error.ConfigurationException if a setting is missing or
   *     wrong
   */
  T create(ProviderContext context);
}
