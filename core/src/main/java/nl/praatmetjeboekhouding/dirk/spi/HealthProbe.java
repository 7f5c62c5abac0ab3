package nl.praatmetjeboekhouding.dirk.spi;

import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Reading;

/**
 * Looks at an endpoint once.
 *
 * <p>A probe never waits, never repeats and never judges more than what it saw; how many readings
 * make a verdict belongs to the runbook. Implementations are safe for use by several threads.
 */
public interface HealthProbe extends AutoCloseable {

  /**
   * One look, on a fresh connection. Never throws for anything that the endpoint or the way to it
   * does: no answer is a reading too. Not being able to look is {@link
   * nl.praatmetjeboekhouding.dirk.model.Health#INCONCLUSIVE}.
   */
  Reading read(Endpoint endpoint, CallContext call);

  /** Frees what it holds; the probe is not used afterwards. A second close does nothing. */
  @Override
  default void close() {}
}
