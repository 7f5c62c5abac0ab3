package nl.praatmetjeboekhouding.dirk.testkit;

import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;

/** Crashes at a vendor whose reads show a write only after a while, within the declared window. */
final class LaggingCrashTest extends InMemoryCrashContract {

  LaggingCrashTest() {
    super(Shape.SPLITTING);
  }

  @Override
  protected void newVendor() {
    super.newVendor();
    vendor().lagging(Duration.ofSeconds(10));
  }
}
