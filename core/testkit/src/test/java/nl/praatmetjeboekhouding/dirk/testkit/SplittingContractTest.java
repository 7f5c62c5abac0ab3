package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;

final class SplittingContractTest extends InMemoryDeployerContract {

  SplittingContractTest() {
    super(InMemoryDeployer.Shape.SPLITTING);
  }
}
