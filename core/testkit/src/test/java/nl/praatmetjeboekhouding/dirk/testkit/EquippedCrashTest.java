package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;

/** Crashes at a vendor with live settings that compares the base of an activation. */
final class EquippedCrashTest extends InMemoryCrashContract {

  private Deployer deployer = super.newDeployer();

  EquippedCrashTest() {
    super(Shape.SPLITTING);
  }

  @Override
  protected void newVendor() {
    super.newVendor();
    deployer = new EquippedDeployer(vendor().comparing());
  }

  @Override
  protected Deployer newDeployer() {
    return deployer;
  }
}
