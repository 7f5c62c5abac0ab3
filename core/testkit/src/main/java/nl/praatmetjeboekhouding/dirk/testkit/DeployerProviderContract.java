package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.catalog.Catalog;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;

/** What every {@link DeployerProvider} keeps to; see {@link ProviderContract}. */
public abstract non-sealed class DeployerProviderContract extends ProviderContract<Deployer> {

  /** For classes that say which provider it is. */
  protected DeployerProviderContract() {
    super(DeployerProvider.class, Catalog::deployers);
  }

  @Override
  protected abstract DeployerProvider newProvider();
}
