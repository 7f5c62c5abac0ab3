package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;

final class AtOnceContractTest extends InMemoryDeployerContract {

  AtOnceContractTest() {
    super(Shape.AT_ONCE);
  }
}
