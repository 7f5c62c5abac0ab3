package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;

/** A vendor with live settings, pages and a way to reach one version. */
final class EquippedContractTest extends InMemoryDeployerContract {

  EquippedContractTest() {
    super(Shape.SPLITTING);
  }

  @Override
  protected Deployer newDeployer() {
    return new EquippedDeployer(deployer());
  }
}
