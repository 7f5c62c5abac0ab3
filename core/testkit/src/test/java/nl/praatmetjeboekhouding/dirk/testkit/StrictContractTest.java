package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;

/** A vendor that compares and sets, and ignores what it has seen before. */
final class StrictContractTest extends InMemoryDeployerContract {

  StrictContractTest() {
    super(Shape.SWITCHING);
  }

  @Override
  protected Deployer newDeployer() {
    return new StrictDeployer(deployer());
  }

  @Override
  protected Optional<Deployer> newDeployerWithoutVendor() {
    return Optional.of(new UnreachableDeployer(new StrictDeployer(deployer())));
  }
}
