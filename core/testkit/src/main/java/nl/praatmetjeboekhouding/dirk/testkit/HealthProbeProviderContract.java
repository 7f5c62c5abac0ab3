package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.catalog.Catalog;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbeProvider;

/** What every {@link HealthProbeProvider} keeps to; see {@link ProviderContract}. */
public abstract non-sealed class HealthProbeProviderContract extends ProviderContract<HealthProbe> {

  /** For classes that say which provider it is. */
  protected HealthProbeProviderContract() {
    super(HealthProbeProvider.class, Catalog::probes);
  }

  @Override
  protected abstract HealthProbeProvider newProvider();
}
