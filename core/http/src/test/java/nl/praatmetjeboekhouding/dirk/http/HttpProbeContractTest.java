package nl.praatmetjeboekhouding.dirk.http;

import java.time.Duration;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.testkit.HealthProbeContract;

final class HttpProbeContractTest extends HealthProbeContract {

  @Override
  protected HealthProbe newProbe() {
    return new HttpProbe(
        new ProbeSettings(Duration.ofSeconds(10), 64 * 1024, true, Map.of()), time());
  }
}
