package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;

final class PlainProbeContractTest extends HealthProbeContract {

  @Override
  protected HealthProbe newProbe() {
    return new PlainProbe(time());
  }
}
