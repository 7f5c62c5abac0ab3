package nl.praatmetjeboekhouding.dirk;

import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbeProvider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Spi;

/** Makes probes that all see through the same eyes, and counts those that nobody closed. */
final class CountedProbes implements HealthProbeProvider {

  private final HealthProbe eyes;
  private int open;

  CountedProbes(HealthProbe eyes) {
    this.eyes = eyes;
  }

  int open() {
    return open;
  }

  @Override
  public String id() {
    return "scripted";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public HealthProbe create(ProviderContext context) {
    open++;
    return new HealthProbe() {
      @Override
      public Reading read(Endpoint endpoint, CallContext call) {
        return eyes.read(endpoint, call);
      }

      @Override
      public void close() {
        open--;
      }
    };
  }
}
