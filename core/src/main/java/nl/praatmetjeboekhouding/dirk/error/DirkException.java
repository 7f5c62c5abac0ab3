package nl.praatmetjeboekhouding.dirk.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything Dirk throws: it could not even be asked. A run that failed is a value,
 * never an exception.
 *
 * <p>Messages say who, what was asked, what came back and what to do. They never hold the value of
 * a secret.
 */
public abstract sealed class DirkException extends RuntimeException
    permits ConfigurationException, ProviderException, JournalException {

  private static final long serialVersionUID = 1L;

  DirkException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
