package nl.praatmetjeboekhouding.dirk.spi;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one provider as the configuration gives them. What is asked for is marked as
 * known; whatever nobody asked for by the end of {@link Provider#create} is an unknown setting and
 * an error. Not thread-safe.
 *
 * <p>A value of another form than asked for is an error that names the setting and where it stands.
 * It is told together with the others: what need not be there is answered as if it were not set,
 * and whoever asked for the provider is refused when {@link Provider#create} has returned; {@link
 * #refuse} does the same for a value of the right form that cannot be. Only the {@code required}
 * methods, which have nothing to answer with, throw {@link
 * nl.praatmetjeboekhouding.dirk.error.ConfigurationException} at once, also if it is missing.
 */
public interface Settings {

  /** A text that must be there. */
  String required(String name);

  /** A text, or empty if it is not set. */
  Optional<String> text(String name);

  /** A switch, or empty if it is not set. */
  Optional<Boolean> flag(String name);

  /** A whole number, or empty if it is not set. */
  Optional<Long> number(String name);

  /**
   * A duration such as {@code 500ms}, {@code 5s}, {@code 2m} or {@code PT2M}, or empty if it is not
   * set.
   */
  Optional<Duration> duration(String name);

  /** An absolute URI, or empty if it is not set. */
  Optional<URI> uri(String name);

  /** A path as it is written, relative or absolute, that must be there. */
  Path requiredPath(String name);

  /** A path as it is written, relative or absolute, or empty if it is not set. */
  Optional<Path> path(String name);

  /** Names and texts, or an empty map if it is not set. */
  Map<String, String> texts(String name);

  /** A secret that must be there, written as {@code ${env:NAME}}: a literal value is an error. */
  Secret requiredSecret(String name);

  /** A secret, or empty if it is not set. */
  Optional<Secret> secret(String name);

  /**
   * Tells that a setting cannot be what it is although it has the right form: it is told where it
   * stands, together with the others, and whoever asked for the provider is refused when {@link
   * Provider#create} has returned, whatever that returned.
   *
   * @param why what it must be, to follow its name, such as {@code must be positive}; no secret
   */
  void refuse(String name, String why);
}
