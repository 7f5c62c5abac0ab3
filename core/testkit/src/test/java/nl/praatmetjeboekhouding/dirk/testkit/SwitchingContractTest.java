package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;

final class SwitchingContractTest extends InMemoryDeployerContract {

  SwitchingContractTest() {
    super(InMemoryDeployer.Shape.SWITCHING);
  }

  @Override
  protected boolean canSplitTraffic() {
    return false;
  }
}
