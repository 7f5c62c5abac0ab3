package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;

/** The contract over the fake in one of its shapes. */
abstract class InMemoryDeployerContract extends DeployerContract {

  private final InMemoryDeployer deployer;

  InMemoryDeployerContract(InMemoryDeployer.Shape shape) {
    deployer = InMemoryDeployer.of(shape, time());
  }

  @Override
  protected Deployer newDeployer() {
    return deployer;
  }

  @Override
  protected void build(String content) {
    deployer.building(content);
  }
}
