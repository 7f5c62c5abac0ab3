package nl.praatmetjeboekhouding.dirk.testkit;

import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;

/** Crashes at a vendor whose reads show a write only after a while, within the declared window. */
final class LaggingAtOnceCrashTest extends InMemoryCrashContract {

  LaggingAtOnceCrashTest() {
    super(Shape.AT_ONCE);
  }

  @Override
  protected void newVendor() {
    super.newVendor();
    vendor().lagging(Duration.ofSeconds(10));
  }
}
