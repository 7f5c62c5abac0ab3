package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;

final class AtOnceContractTest extends InMemoryDeployerContract {

  AtOnceContractTest() {
    super(InMemoryDeployer.Shape.AT_ONCE);
  }

  @Override
  protected boolean canSplitTraffic() {
    return false;
  }

  @Override
  protected boolean canUploadWithoutTraffic() {
    return false;
  }

  @Override
  protected boolean canPutBack() {
    return false;
  }
}
