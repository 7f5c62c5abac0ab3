package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.List;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;

/** Crashes over the fake in one of its shapes. */
abstract class InMemoryCrashContract extends CrashContract {

  private final Shape shape;
  private InMemoryDeployer vendor;

  InMemoryCrashContract(Shape shape) {
    this.shape = shape;
    this.vendor = InMemoryDeployer.of(shape, time());
  }

  /** The vendor as it is now, for fakes around it. */
  final InMemoryDeployer vendor() {
    return vendor;
  }

  @Override
  protected void newVendor() {
    vendor = InMemoryDeployer.of(shape, time());
  }

  @Override
  protected Deployer newDeployer() {
    return vendor;
  }

  @Override
  protected final void build(String content) {
    vendor.building(content);
  }

  @Override
  protected final List<Version> versions(Target target) {
    return vendor.versions(target);
  }

  @Override
  protected final boolean canPutBack() {
    return shape != Shape.AT_ONCE;
  }

  @Override
  protected int secondDeaths() {
    return 40;
  }
}
