package nl.praatmetjeboekhouding.dirk.testing;

import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbeProvider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Spi;

/** Gives one probe, whatever the context. */
record GivenProbe(String id, HealthProbe probe) implements HealthProbeProvider {

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public HealthProbe create(ProviderContext context) {
    return probe;
  }
}
