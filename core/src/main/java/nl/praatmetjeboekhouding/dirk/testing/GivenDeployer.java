package nl.praatmetjeboekhouding.dirk.testing;

import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Spi;

/** Gives one deployer, whatever the context. */
record GivenDeployer(String id, Deployer deployer) implements DeployerProvider {

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public Deployer create(ProviderContext context) {
    return deployer;
  }
}
