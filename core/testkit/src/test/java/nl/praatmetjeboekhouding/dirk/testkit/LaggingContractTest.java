package nl.praatmetjeboekhouding.dirk.testkit;

import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;

/** A vendor whose reads show a write only after a while. */
final class LaggingContractTest extends InMemoryDeployerContract {

  LaggingContractTest() {
    super(Shape.SPLITTING);
  }

  @Override
  protected Deployer newDeployer() {
    return deployer().lagging(Duration.ofSeconds(10));
  }
}
