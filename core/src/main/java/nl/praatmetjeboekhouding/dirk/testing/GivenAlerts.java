package nl.praatmetjeboekhouding.dirk.testing;

import nl.praatmetjeboekhouding.dirk.spi.AlertSource;
import nl.praatmetjeboekhouding.dirk.spi.AlertSourceProvider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Spi;

/** Gives one tracker, whatever the context. */
record GivenAlerts(String id, AlertSource alerts) implements AlertSourceProvider {

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public AlertSource create(ProviderContext context) {
    return alerts;
  }
}
