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

  private final String message;

  DirkException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.message = message;
  }

  /** Who, what was asked, what came back, what to do. Never null. */
  @Override
  public final String getMessage() {
    return message;
  }
}
