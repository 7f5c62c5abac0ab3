package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;

final class SplittingContractTest extends InMemoryDeployerContract {

  SplittingContractTest() {
    super(Shape.SPLITTING);
  }
}
