package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;

/** Crashes at a vendor of this shape. */
final class SwitchingCrashTest extends InMemoryCrashContract {

  SwitchingCrashTest() {
    super(Shape.SWITCHING);
  }
}
