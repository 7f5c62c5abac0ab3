package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;

final class SwitchingContractTest extends InMemoryDeployerContract {

  SwitchingContractTest() {
    super(Shape.SWITCHING);
  }
}
