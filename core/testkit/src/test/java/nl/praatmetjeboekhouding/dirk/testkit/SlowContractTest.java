package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;

final class SlowContractTest extends InMemoryDeployerContract {

  SlowContractTest() {
    super(InMemoryDeployer.Shape.SLOW);
  }

  @Override
  protected boolean canSplitTraffic() {
    return false;
  }
}
