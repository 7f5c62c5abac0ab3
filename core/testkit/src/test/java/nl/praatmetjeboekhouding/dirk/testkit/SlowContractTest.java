package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;

final class SlowContractTest extends InMemoryDeployerContract {

  SlowContractTest() {
    super(Shape.SLOW);
  }
}
