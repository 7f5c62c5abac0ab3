package nl.praatmetjeboekhouding.dirk.spi;

import java.util.Optional;

/**
 * Tells what a tracker says is wrong with a service.
 *
 * <p>A source never waits and judges nothing: how bad an alert must be, and what follows from it,
 * belongs to the runbook. Implementations are safe for use by several threads. Every method fails
 * with {@link nl.praatmetjeboekhouding.dirk.error.ProviderException} and nothing else.
 */
public interface AlertSource extends AutoCloseable {

  /**
   * The next alerts. The same one may come again; {@link Alert#id()} tells.
   *
   * @param cursor {@link AlertPage#next()} of the page before, or empty for the first
   */
  AlertPage alerts(AlertFilter filter, Optional<String> cursor, CallContext call);

  /** Frees what it holds; the source is not used afterwards. A second close does nothing. */
  @Override
  default void close() {}
}
