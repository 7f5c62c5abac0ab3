package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;

/** The contract over the fake in one of its shapes. */
abstract class InMemoryDeployerContract extends DeployerContract {

  private final Shape shape;
  private final InMemoryDeployer deployer;

  InMemoryDeployerContract(Shape shape) {
    this.shape = shape;
    deployer = InMemoryDeployer.of(shape, time());
  }

  /** The fake, for fakes around it. */
  final InMemoryDeployer deployer() {
    return deployer;
  }

  @Override
  protected Deployer newDeployer() {
    return deployer;
  }

  @Override
  protected Optional<Deployer> newDeployerWithoutVendor() {
    return Optional.of(new UnreachableDeployer(deployer));
  }

  @Override
  protected final void build(String content) {
    deployer.building(content);
  }

  @Override
  protected final boolean canSplitTraffic() {
    return shape == Shape.SPLITTING;
  }

  @Override
  protected final boolean canUploadWithoutTraffic() {
    return shape != Shape.AT_ONCE;
  }

  @Override
  protected final boolean canPutBack() {
    return shape != Shape.AT_ONCE;
  }
}
